package io.cta.agent.run;

import io.cta.agent.report.ReportTrouble;
import io.cta.domain.Result;
import io.cta.domain.Stage;
import io.cta.domain.StatusSource;
import io.cta.state.ResultSeverity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides which statuses the agent adds to those of a test's own reports. The server takes the
 * worst of all statuses as the test's result.
 *
 * <table>
 * <caption>What the agent adds</caption>
 * <tr><th>known</th><th>added</th></tr>
 * <tr><td>a stage past its timeout, not started, without its directory</td>
 *     <td>failed; partial when the stage is not mandatory</td></tr>
 * <tr><td>a stage ended by a signal, no failed case in the reports</td><td>the same</td></tr>
 * <tr><td>an exit code that is no success, no failed case, nothing stageResult by the result API</td>
 *     <td>the same</td></tr>
 * <tr><td>a stage that the agent's own end interrupted, unless it reboots the machine</td>
 *     <td>inconclusive</td></tr>
 * <tr><td>a report that cannot be believed, a result that was not taken</td>
 *     <td>inconclusive; failed when what could not be kept had failed</td></tr>
 * <tr><td>none of these, and nothing reported</td><td>ok</td></tr>
 * </table>
 */
final class ResultRules {
  private static final int MAX_TROUBLES_NAMED = 3;

  private final List<Stage> stages;
  private final List<StageOutcome> outcomes;
  private final ReportOutcome report;
  private final boolean selfReported;
  private final RefusedResults refused;

  /**
   * @param outcomes of the first stages, in order; later stages were not run
   * @param selfReported whether a result came by the result API
   * @param refused results that the result API refused
   */
  ResultRules(
      List<Stage> stages,
      List<StageOutcome> outcomes,
      ReportOutcome report,
      boolean selfReported,
      RefusedResults refused) {
    this.stages = stages;
    this.outcomes = outcomes;
    this.report = report;
    this.selfReported = selfReported;
    this.refused = refused;
  }

  /** The statuses that the agent adds; none when the test's reports say it all. */
  List<TestResult> results() {
    TestResult worst = null;
    for (int i = 0; i < outcomes.size(); i++) {
      worst = worse(worst, ofStage(stages.get(i), outcomes.get(i)));
    }
    List<ReportTrouble> troubles = new ArrayList<>(troubles());
    refused.trouble().ifPresent(troubles::add);
    if (worst == null && troubles.isEmpty()) {
      return selfReported || report.cases() > 0 ? List.of() : List.of(okWithoutReport());
    }
    List<TestResult> out = new ArrayList<>();
    if (worst != null) {
      out.add(worst);
    }
    if (!troubles.isEmpty()) {
      out.add(ofReport(troubles, selfReported || worst != null ? "(report)" : null));
    }
    return out;
  }

  private TestResult ofStage(Stage stage, StageOutcome outcome) {
    Result failure = stage.mandatory() ? Result.FAILED : Result.PARTIAL;
    return switch (outcome.kind()) {
      case EXITED -> ofExit(stage, outcome, failure);
      case TIMEOUT -> stageResult(stage, failure, StatusSource.AGENT, "stageTimeout", outcome);
      case BAD_CWD -> stageResult(stage, failure, StatusSource.AGENT, "badCwd", outcome);
      case NOT_STARTED -> stageResult(stage, failure, StatusSource.AGENT, "notStarted", outcome);
      case INTERRUPTED ->
          stage.reboot()
              ? null
              : stageResult(
                  stage, Result.INCONCLUSIVE, StatusSource.AGENT, "agentRestarted", outcome);
      case STOPPED -> null;
    };
  }

  private TestResult ofExit(Stage stage, StageOutcome outcome, Result failure) {
    boolean success = outcome.succeeded(stage);
    if (success || report.failed() > 0 || selfReported && !outcome.signalled()) {
      return null;
    }
    String reason = outcome.signalled() ? "signal" : "exitCode";
    return stageResult(stage, failure, StatusSource.EXIT, reason, outcome);
  }

  private TestResult stageResult(
      Stage stage, Result result, StatusSource source, String reason, StageOutcome outcome) {
    String name = selfReported ? "(stage " + stage.name() + ")" : null;
    String message =
        stages.size() == 1 ? outcome.message() : "stage " + stage.name() + ": " + outcome.message();
    return new TestResult(name, result, source, reason, message);
  }

  /**
   * What is wrong with the reports; when a mandatory stage failed, a missing report says nothing
   * new.
   */
  private List<ReportTrouble> troubles() {
    if (!report.declared() || report.cases() == 0 && mandatoryStageFailed()) {
      return List.of();
    }
    if (!report.troubles().isEmpty()) {
      return report.troubles();
    }
    if (report.files() == 0) {
      return List.of(new ReportTrouble(ReportTrouble.MISSING, "no report file was written"));
    }
    return report.cases() > 0
        ? List.of()
        : List.of(new ReportTrouble(ReportTrouble.EMPTY, "the report has no cases"));
  }

  private boolean mandatoryStageFailed() {
    for (int i = 0; i < outcomes.size(); i++) {
      if (stages.get(i).mandatory() && !outcomes.get(i).succeeded(stages.get(i))) {
        return true;
      }
    }
    return false;
  }

  private TestResult ofReport(List<ReportTrouble> troubles, String name) {
    boolean tooMany = troubles.stream().anyMatch(t -> t.reason().equals(ReportTrouble.TOO_MANY));
    String reason = tooMany ? ReportTrouble.TOO_MANY : troubles.get(0).reason();
    Result result =
        tooMany && report.failed() > 0 || refused.anyFailed() ? Result.FAILED : Result.INCONCLUSIVE;
    String message =
        troubles.stream()
            .limit(MAX_TROUBLES_NAMED)
            .map(ReportTrouble::message)
            .collect(Collectors.joining("; "));
    int more = troubles.size() - MAX_TROUBLES_NAMED;
    return new TestResult(
        name,
        result,
        StatusSource.REPORT,
        reason,
        more > 0 ? message + "; and " + more + " more" : message);
  }

  /** The result when no stage failed and the test reported nothing. */
  private static TestResult okWithoutReport() {
    return new TestResult(null, Result.OK, StatusSource.EXIT, null, null);
  }

  private static TestResult worse(TestResult a, TestResult b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return ResultSeverity.worst(a.result(), b.result()) == a.result() ? a : b;
  }
}
