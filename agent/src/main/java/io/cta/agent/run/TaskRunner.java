package io.cta.agent.run;

import io.cta.agent.artifact.ArtifactCollector;
import io.cta.agent.artifact.ArtifactStaging;
import io.cta.agent.artifact.AttemptWarnings;
import io.cta.agent.fetch.FetchFailed;
import io.cta.agent.journal.StageProgress;
import io.cta.agent.output.ActiveMaskers;
import io.cta.agent.result.ResultApi;
import io.cta.disk.DiskFullDetector;
import io.cta.domain.Test;
import io.cta.message.AttemptReasons;
import io.cta.message.TaskRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an attempt from its inputs to its end, on one thread that it blocks for all that time. */
public final class TaskRunner {
  private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);

  private final AgentServices agentServices;
  private final AttemptContext attempt;
  private final TaskRun run;
  private final StagePosition begin;
  private final Runnable beforeEnd;
  private Path workspace;
  private AttemptSecrets secrets = AttemptSecrets.NONE;
  private long started;

  /**
   * @param beforeEnd called when its processes have ended, right before the end is recorded: the
   *     server may send the next task as soon as it learns of the end
   */
  public TaskRunner(
      AgentServices agentServices,
      AttemptContext attempt,
      StagePosition begin,
      Runnable beforeEnd) {
    this.agentServices = agentServices;
    this.attempt = attempt;
    this.run = attempt.run();
    this.begin = begin;
    this.beforeEnd = beforeEnd;
  }

  /** Returns once the end is in the journal. */
  public void run() {
    AttemptOutcome attemptOutcome = runToOutcome();
    new AttemptFiles(agentServices, attempt, secrets, warnings()).send(attemptOutcome);
    boolean kept = finishOutput();
    if (!kept || AttemptReasons.DISK_FULL.equals(attemptOutcome.reason())) {
      attemptOutcome = onFullDisk(attemptOutcome);
    }
    beforeEnd.run();
    end(attemptOutcome);
    ActiveMaskers.remove(this);
    if (workspace != null) {
      agentServices.workspaces().release(workspace);
    }
  }

  private AttemptOutcome runToOutcome() {
    try {
      boolean fresh = begin.equals(StagePosition.START);
      String name = attempt.key().fileName();
      workspace =
          fresh ? agentServices.workspaces().make(name) : agentServices.workspaces().reopen(name);
      return work(fresh);
    } catch (InterruptedException e) {
      return AttemptOutcome.of(new StopRequest.Details(StopRequest.Cause.LEAVING, null));
    } catch (Throwable e) {
      // an Error too: without an end the task would run for ever, and keep its slot
      log.error("an attempt could not be run [task: {}]", attempt.key(), e);
      return DiskFullDetector.is(e)
          ? AttemptOutcome.broken(AttemptReasons.DISK_FULL, e.getMessage())
          : AttemptOutcome.broken("agentFailed", String.valueOf(e));
    }
  }

  private AttemptWarnings warnings() {
    return new AttemptWarnings(attempt.journal(), attempt.spool(), secrets.masker());
  }

  private ArtifactStaging staging() {
    return new ArtifactStaging(attempt.journal(), agentServices.artifactLimits(), secrets.masker());
  }

  private ArtifactCollector collector(ArtifactStaging staging) {
    return new ArtifactCollector(
        workspace, staging, warnings(), agentServices.artifactLimits(), this::isLeaving);
  }

  /** Whether there is no time even for copying files. */
  private boolean isLeaving() {
    StopRequest.Details details = attempt.stop().details();
    return details != null
        && details.why() != StopRequest.Cause.TIMEOUT
        && details.why() != StopRequest.Cause.CANCELLED;
  }

  /** The agent died while a test ran: what that left behind is in the workspace still. */
  private AttemptOutcome afterRestart() throws InterruptedException, FetchFailed {
    StageProgress last = attempt.journal().lastStep();
    boolean over = last != null && last.test() >= run.tests().size();
    try {
      secrets = AttemptSecrets.of(attempt, agentServices.secrets());
    } catch (FetchFailed e) {
      if (!over) {
        throw e;
      }
      // what is not pushed without them is a warning; the tests have run
      log.warn("pushing without secrets [task: {}, reason: {}]", attempt.key(), e.getMessage());
    }
    ActiveMaskers.add(this, secrets.masker());
    if (over) {
      return AttemptOutcome.finished();
    }
    if (last != null) {
      collector(staging()).collect(run.tests().get(last.test()), List.of());
    }
    return AttemptOutcome.broken("agentRestarted", "the agent was started again while it ran");
  }

  /** Ends the output; returns whether all of it is on disk. */
  private boolean finishOutput() {
    try {
      attempt.spool().finish();
      return attempt.spool().lost() == 0;
    } catch (IOException e) {
      return false; // tried again with the end
    }
  }

  /**
   * Deletes the workspace at once, so that the end can be written. When that frees enough space,
   * the test has filled the disk, and another attempt would do it again. If not, it is a failure of
   * the machine.
   */
  private AttemptOutcome onFullDisk(AttemptOutcome attemptOutcome) {
    try {
      if (workspace != null) {
        agentServices.workspaces().discard(workspace);
        workspace = null;
      }
    } catch (IOException | RuntimeException e) {
      log.warn("a workspace is not removed [dir: {}]", workspace, e);
    }
    String trouble = agentServices.room().check();
    if (attempt.stop().isAsked()) {
      return attemptOutcome;
    }
    return trouble == null
        ? AttemptOutcome.wrong(
            AttemptReasons.DISK_FILLED, "there was no space left while the test ran")
        : AttemptOutcome.broken(AttemptReasons.DISK_FULL, trouble);
  }

  /** Ends the attempt without having begun it: the agent has no thread for it. */
  public void refuse() {
    beforeEnd.run();
    end(AttemptOutcome.broken("agentFailed", "the agent has no thread left to run the task"));
  }

  private AttemptOutcome work(boolean fresh)
      throws IOException, InterruptedException, ExecutionException, TimeoutException, FetchFailed {
    if (begin.equals(StagePosition.OVER)) {
      return afterRestart();
    }
    if (!attempt.stop().isAsked()) {
      try {
        secrets = AttemptSecrets.of(attempt, agentServices.secrets());
        ActiveMaskers.add(this, secrets.masker());
        if (fresh) {
          new AttemptInputs(agentServices, attempt, secrets).fetch(workspace);
        }
      } catch (FetchFailed e) {
        if (attempt.stop().isAsked()) {
          return AttemptOutcome.of(attempt.stop().details());
        }
        log.warn("inputs not fetched [task: {}, reason: {}]", attempt.key(), e.getMessage());
        if (DiskFullDetector.is(e)) {
          return AttemptOutcome.broken(AttemptReasons.DISK_FULL, e.getMessage());
        }
        return e.isInfrastructure()
            ? AttemptOutcome.broken(AttemptReasons.FETCH_FAILED, e.getMessage())
            : AttemptOutcome.wrong(AttemptReasons.FETCH_FAILED, e.getMessage());
      }
    }
    if (!attempt.stop().isAsked()) {
      prepareAndRunTests();
    }
    return attempt.stop().isAsked()
        ? AttemptOutcome.of(attempt.stop().details())
        : AttemptOutcome.finished();
  }

  private void prepareAndRunTests()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    StatusWriter statuses = new StatusWriter(attempt.journal(), secrets.masker());
    ArtifactStaging staging = staging();
    staging.prepare();
    SelfReportReceiver selfReportReceiver =
        new SelfReportReceiver(
            statuses,
            agentServices.disk(),
            staging,
            warnings(),
            agentServices.artifactLimits().fileBytes());
    ResultApi api =
        ResultApi.listen(agentServices.vertx(), selfReportReceiver, agentServices.legacyResults())
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    long timer = startTimer(run.running());
    try {
      TestEnvironment environment =
          new TestEnvironment(run, secrets, agentServices.machineName(), workspace, api.url());
      StageRunner stages = new StageRunner(attempt, environment, agentServices, secrets.masker());
      ReportImporter reportImporter =
          new ReportImporter(attempt, workspace, statuses, secrets.masker());
      TestRunner runner =
          new TestRunner(
              attempt,
              stages,
              reportImporter,
              collector(staging),
              statuses,
              agentServices.time().ticker());
      if (!attempt.journal().hasStarted()) {
        attempt.journal().started();
      }
      started = agentServices.time().nanos();
      runTests(runner, selfReportReceiver);
    } finally {
      agentServices.vertx().cancelTimer(timer);
      api.close();
    }
  }

  private void runTests(TestRunner runner, SelfReportReceiver selfReportReceiver)
      throws IOException, InterruptedException {
    List<Test> tests = run.tests();
    for (int i = begin.test(); i < tests.size() && !attempt.stop().isAsked(); i++) {
      RunningTest runningTest = new RunningTest(tests.get(i), i);
      selfReportReceiver.begin(runningTest);
      try {
        runner.run(runningTest, i == begin.test() ? begin.stage() : 0);
      } finally {
        selfReportReceiver.end();
      }
    }
  }

  private long startTimer(Duration running) {
    return agentServices
        .vertx()
        .setTimer(
            StageTimeouts.millis(running),
            ignored -> attempt.stop().ask(StopRequest.Cause.TIMEOUT, "runningTimeout"));
  }

  private void end(AttemptOutcome attemptOutcome) {
    Long millis =
        started == 0 ? null : TimeUnit.NANOSECONDS.toMillis(agentServices.time().nanos() - started);
    new AttemptEnd(attempt, agentServices.machineId(), secrets.masker())
        .write(attemptOutcome, millis);
  }
}
