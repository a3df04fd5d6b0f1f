package io.cta.agent.run;

import io.cta.agent.artifact.ArtifactCollector;
import io.cta.agent.journal.StageProgress;
import io.cta.domain.Result;
import io.cta.domain.Stage;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Test;
import io.cta.message.AttemptReasons;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs the stages of one test, reads its reports and records its result. */
final class TestRunner {
  private final MonotonicClock ticker;
  private final AttemptContext attempt;
  private final StageRunner stages;
  private final ReportImporter reportImporter;
  private final ArtifactCollector artifacts;
  private final StatusWriter statuses;

  TestRunner(
      AttemptContext attempt,
      StageRunner stages,
      ReportImporter reportImporter,
      ArtifactCollector artifacts,
      StatusWriter statuses,
      MonotonicClock ticker) {
    this.ticker = ticker;
    this.attempt = attempt;
    this.stages = stages;
    this.reportImporter = reportImporter;
    this.artifacts = artifacts;
    this.statuses = statuses;
  }

  /**
   * Runs a test. A test that is stopped early gets no result, unless it reported one itself.
   *
   * @param first the stage to begin with; when it is not 0, those before it ran before a restart
   */
  void run(RunningTest runningTest, int first) throws IOException, InterruptedException {
    Test test = runningTest.test();
    long start = ticker.nanos();
    if (first == 0) {
      reportImporter.before(test);
    }
    List<StageOutcome> outcomes = before(test, first);
    for (int i = first; i < test.stages().size(); i++) {
      if (attempt.stop().isAsked()) {
        interrupted(test);
        return;
      }
      Stage stage = test.stages().get(i);
      StageOutcome outcome = stages.run(runningTest, i, limit(test, stage, start));
      if (outcome.kind() == StageOutcome.Kind.STOPPED) {
        interrupted(test);
        return;
      }
      outcomes.add(outcome);
      attempt.journal().step(StageProgress.ended(runningTest.index(), i), test.resumable());
      if (!outcome.succeeded(stage) && stage.mandatory()) {
        break;
      }
    }
    recordResult(runningTest, outcomes, TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - start));
  }

  private void recordResult(RunningTest runningTest, List<StageOutcome> outcomes, long millis)
      throws IOException {
    Test test = runningTest.test();
    ReportOutcome report = reportImporter.read(test);
    boolean selfReported = attempt.journal().selfReported(test.id());
    ResultRules rules =
        new ResultRules(test.stages(), outcomes, report, selfReported, runningTest.refused());
    for (TestResult result : rules.results()) {
      statuses.result(test, result, millis);
    }
    artifacts.collect(test, reportImporter.attachments());
    long lost = attempt.spool().lost();
    if (lost > 0) {
      statuses.result(test, outputLost(lost), null);
    }
  }

  /** A test whose output was lost in part is not ok. */
  private static TestResult outputLost(long bytes) {
    return new TestResult(
        "(output)",
        Result.INCONCLUSIVE,
        StatusSource.AGENT,
        AttemptReasons.DISK_FILLED,
        bytes + " bytes of the output were lost: there was no space left");
  }

  /**
   * Keeps what a stopped test left behind, and marks one that reported results itself: they may not
   * be all.
   */
  private void interrupted(Test test) throws IOException {
    artifacts.collect(test, Set.of());
    if (attempt.journal().selfReported(test.id())) {
      String reason = AttemptOutcome.of(attempt.stop().details()).reason();
      statuses.result(
          test,
          new TestResult(
              Status.INTERRUPTED,
              Result.INCONCLUSIVE,
              StatusSource.AGENT,
              reason == null ? "stopped" : reason,
              "the test was stopped before its end"),
          null);
    }
  }

  /**
   * The outcomes of the stages before a restart. The last of them was interrupted, which counts
   * unless it is to reboot the machine.
   */
  private static List<StageOutcome> before(Test test, int first) {
    List<StageOutcome> out = new ArrayList<>();
    for (int i = 0; i < first; i++) {
      boolean interrupted = i == first - 1 && !test.stages().get(i).reboot();
      out.add(
          interrupted
              ? StageOutcome.of(StageOutcome.Kind.INTERRUPTED, "the agent was started again")
              : StageOutcome.exited(0));
    }
    return out;
  }

  private Duration limit(Test test, Stage stage, long start) {
    if (test.timeout() == null) {
      return stage.timeout().duration();
    }
    Duration left = test.timeout().duration().minusNanos(ticker.nanos() - start);
    Duration ofStage = stage.timeout().duration();
    return left.compareTo(ofStage) < 0 ? left : ofStage;
  }
}
