package io.cta.agent.run;

import io.cta.domain.Result;
import io.cta.domain.Stage;
import io.cta.domain.StatusSource;
import java.util.List;
import java.util.Optional;

/**
 * Judges a test by its stages and reports. What the test reported wins over the exit code; what the
 * exit code cannot know, a timeout above all, is said in any case.
 */
final class Judgement {
  private final List<Stage> stages;
  private final List<StageOutcome> outcomes;
  private final ReportOutcome report;
  private final boolean selfReported;

  /**
   * @param outcomes of the first stages, in order; later stages were not run
   */
  Judgement(
      List<Stage> stages, List<StageOutcome> outcomes, ReportOutcome report, boolean selfReported) {
    this.stages = stages;
    this.outcomes = outcomes;
    this.report = report;
    this.selfReported = selfReported;
  }

  /** The agent's own status of the test; none when the test's reports say it all. */
  Optional<Verdict> verdict() {
    Verdict worst = null;
    for (int i = 0; i < outcomes.size(); i++) {
      Verdict verdict = outcomes.get(i).passed() ? null : ofStage(stages.get(i), outcomes.get(i));
      worst = worse(worst, verdict);
    }
    if (!report.troubles().isEmpty() && (worst == null || worst.result() != Result.FAILED)) {
      worst =
          new Verdict(
              selfReported ? "(report)" : null,
              Result.FAILED,
              StatusSource.REPORT,
              "reportTruncated",
              "a report file is not complete: " + report.troubles().get(0).message());
    }
    if (worst != null) {
      return Optional.of(worst);
    }
    return hasResults() ? Optional.empty() : Optional.of(silent());
  }

  private Verdict ofStage(Stage stage, StageOutcome outcome) {
    Result result = stage.mandatory() ? Result.FAILED : Result.PARTIAL;
    return switch (outcome.kind()) {
      case EXITED ->
          hasResults()
              ? null
              : new Verdict(null, result, StatusSource.EXIT, "exitCode", text(stage, outcome));
      case TIMEOUT -> said(stage, result, "stageTimeout", outcome);
      case BAD_CWD -> said(stage, result, "badCwd", outcome);
      case NOT_STARTED -> said(stage, result, "notStarted", outcome);
      case INTERRUPTED ->
          hasResults() || stage.reboot()
              ? null
              : said(stage, Result.INCONCLUSIVE, "agentRestarted", outcome);
      case STOPPED -> null;
    };
  }

  private Verdict said(Stage stage, Result result, String reason, StageOutcome outcome) {
    String name = selfReported ? "(stage " + stage.name() + ")" : null;
    return new Verdict(name, result, StatusSource.AGENT, reason, text(stage, outcome));
  }

  /** No stage failed, and the test said nothing. */
  private Verdict silent() {
    if (!report.declared()) {
      return new Verdict(null, Result.OK, StatusSource.EXIT, null, null);
    }
    return report.files() == 0
        ? inconclusive("reportMissing", "no report file was written")
        : inconclusive("reportEmpty", "the report has no cases");
  }

  private static Verdict inconclusive(String reason, String message) {
    return new Verdict(null, Result.INCONCLUSIVE, StatusSource.REPORT, reason, message);
  }

  private boolean hasResults() {
    return selfReported || report.cases() > 0;
  }

  private String text(Stage stage, StageOutcome outcome) {
    return stages.size() == 1
        ? outcome.message()
        : "stage " + stage.name() + ": " + outcome.message();
  }

  private static Verdict worse(Verdict a, Verdict b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return rank(b.result()) > rank(a.result()) ? b : a;
  }

  private static int rank(Result result) {
    return switch (result) {
      case OK -> 0;
      case INCONCLUSIVE -> 1;
      case PARTIAL -> 2;
      case FAILED -> 3;
    };
  }
}
