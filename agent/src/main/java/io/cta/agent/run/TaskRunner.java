package io.cta.agent.run;

import io.cta.agent.fetch.FetchFailed;
import io.cta.agent.result.ResultApi;
import io.cta.disk.NoSpace;
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

/** Runs an attempt from its inputs to its end, on a thread that it keeps for all that time. */
public final class TaskRunner {
  private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final int TRIES_BETWEEN_WORDS = 30;

  private final Host host;
  private final Attempt attempt;
  private final TaskRun run;
  private final Position begin;
  private final Runnable over;
  private Path workspace;
  private long started;

  /**
   * @param over called when its processes are over, right before the end is recorded: who is told
   *     of the end may send the next task at once
   */
  public TaskRunner(Host host, Attempt attempt, Position begin, Runnable over) {
    this.host = host;
    this.attempt = attempt;
    this.run = attempt.run();
    this.begin = begin;
    this.over = over;
  }

  /** Returns once the end is in the journal. */
  public void run() {
    Ending ending = ending();
    boolean kept = finishOutput();
    if (!kept || AttemptReasons.DISK_FULL.equals(ending.reason())) {
      ending = onFullDisk(ending);
    }
    over.run();
    end(ending);
    if (workspace != null) {
      host.workspaces().release(workspace);
    }
  }

  private Ending ending() {
    try {
      boolean fresh = begin.equals(Position.START);
      String name = attempt.key().dir();
      workspace = fresh ? host.workspaces().make(name) : host.workspaces().again(name);
      return work(fresh);
    } catch (InterruptedException e) {
      return Ending.of(new Stop.Wish(Stop.Why.LEAVING, null));
    } catch (Throwable e) {
      // an Error too: without an end the task would run for ever, and keep its slot
      log.error("an attempt could not be run [task: {}]", attempt.key(), e);
      return NoSpace.is(e)
          ? Ending.broken(AttemptReasons.DISK_FULL, e.getMessage())
          : Ending.broken("agentFailed", String.valueOf(e));
    }
  }

  /** Whether all of the output is on disk. */
  private boolean finishOutput() {
    try {
      attempt.spool().finish();
      return attempt.spool().lost() == 0;
    } catch (IOException e) {
      return false; // tried again with the end
    }
  }

  /**
   * Its workspace goes at once, so that its end can be written. When that has made room enough, the
   * test has filled the disk: another attempt would do it again. Else it is the machine's failure.
   */
  private Ending onFullDisk(Ending ending) {
    try {
      if (workspace != null) {
        host.workspaces().discard(workspace);
        workspace = null;
      }
    } catch (IOException | RuntimeException e) {
      log.warn("a workspace is not removed [dir: {}]", workspace, e);
    }
    String trouble = host.room().look();
    if (attempt.stop().isAsked()) {
      return ending;
    }
    return trouble == null
        ? Ending.wrong(AttemptReasons.DISK_FILLED, "there was no space left while the test ran")
        : Ending.broken(AttemptReasons.DISK_FULL, trouble);
  }

  /** Ends the attempt without having begun it: the agent has no thread for it. */
  public void refuse() {
    over.run();
    end(Ending.broken("agentFailed", "the agent has no thread left to run the task"));
  }

  private Ending work(boolean fresh)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    if (fresh && !attempt.stop().isAsked()) {
      try {
        fetch();
      } catch (FetchFailed e) {
        if (attempt.stop().isAsked()) {
          return Ending.of(attempt.stop().wish());
        }
        log.warn("inputs not fetched [task: {}, reason: {}]", attempt.key(), e.getMessage());
        if (NoSpace.is(e)) {
          return Ending.broken(AttemptReasons.DISK_FULL, e.getMessage());
        }
        return e.isPassing()
            ? Ending.broken(AttemptReasons.FETCH_FAILED, e.getMessage())
            : Ending.wrong(AttemptReasons.FETCH_FAILED, e.getMessage());
      }
    }
    if (!attempt.stop().isAsked()) {
      tests();
    }
    return attempt.stop().isAsked() ? Ending.of(attempt.stop().wish()) : Ending.finished();
  }

  private void fetch() throws FetchFailed {
    if (run.inputs().isEmpty()) {
      return;
    }
    TestEnvironment environment = new TestEnvironment(run, host.machineName(), workspace, "");
    Interrupt interrupt = Interrupt.of(attempt.stop());
    try {
      host.fetcher()
          .fetch(
              run.inputs(),
              workspace,
              new FetchCommands(
                  attempt, environment.ofTask(), host.threads(), host.time().ticker()));
    } catch (InterruptedException e) {
      log.info("fetching was stopped [task: {}]", attempt.key());
    } finally {
      interrupt.off();
    }
  }

  private void tests()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Statuses statuses = new Statuses(attempt.journal());
    SelfReports selfReports = new SelfReports(statuses, host.disk());
    ResultApi api =
        ResultApi.listen(host.vertx(), selfReports, host.legacyResults())
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    long timer = limit(run.running());
    try {
      TestEnvironment environment =
          new TestEnvironment(run, host.machineName(), workspace, api.url());
      StageRunner stages = new StageRunner(attempt, environment, host);
      Reports reports = new Reports(attempt, workspace, statuses);
      TestRunner runner = new TestRunner(attempt, stages, reports, statuses, host.time().ticker());
      if (!attempt.journal().hasStarted()) {
        attempt.journal().started();
      }
      started = host.time().nanos();
      all(runner, selfReports);
    } finally {
      host.vertx().cancelTimer(timer);
      api.close();
    }
  }

  private void all(TestRunner runner, SelfReports selfReports)
      throws IOException, InterruptedException {
    List<Test> tests = run.tests();
    for (int i = begin.test(); i < tests.size() && !attempt.stop().isAsked(); i++) {
      Running running = new Running(tests.get(i), i);
      selfReports.begin(running);
      try {
        runner.run(running, i == begin.test() ? begin.stage() : 0);
      } finally {
        selfReports.end();
      }
    }
  }

  private long limit(Duration running) {
    return host.vertx()
        .setTimer(
            StageTimeouts.millis(running),
            ignored -> attempt.stop().ask(Stop.Why.TIMEOUT, "runningTimeout"));
  }

  /** The end must get into the journal: a disk that is full now may have room soon. */
  private void end(Ending ending) {
    for (int tries = 0; !ended(ending, tries); tries++) {
      try {
        TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean ended(Ending ending, int tries) {
    Long millis =
        started == 0 ? null : TimeUnit.NANOSECONDS.toMillis(host.time().nanos() - started);
    try {
      attempt.spool().finish();
      attempt.journal().end(count -> ending.of(run, host.machineId(), count, millis));
      return true;
    } catch (IOException | RuntimeException | Error e) {
      if (tries % TRIES_BETWEEN_WORDS == 0) {
        log.error("the end of an attempt cannot be written yet [task: {}]", attempt.key(), e);
      }
      return false;
    }
  }
}
