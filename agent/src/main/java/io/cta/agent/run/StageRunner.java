package io.cta.agent.run;

import io.cta.agent.journal.Step;
import io.cta.agent.output.Pump;
import io.cta.agent.process.GroupedProcess;
import io.cta.agent.process.Shell;
import io.cta.agent.process.Tree;
import io.cta.domain.Stage;
import io.cta.json.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one stage: its process, its output, its end, and its stop script when it must be ended. */
final class StageRunner {
  private static final Logger log = LoggerFactory.getLogger(StageRunner.class);
  private static final Duration DRAIN = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Attempt attempt;
  private final TestEnvironment environment;
  private final Executor threads;

  StageRunner(Attempt attempt, TestEnvironment environment, Executor threads) {
    this.attempt = attempt;
    this.environment = environment;
    this.threads = threads;
  }

  /**
   * @param limit how long it may run
   */
  StageOutcome run(Running running, int index, Duration limit)
      throws IOException, InterruptedException {
    Stage stage = running.test().stages().get(index);
    Path cwd = directory(stage.cwd());
    if (cwd == null) {
      return StageOutcome.of(
          StageOutcome.Kind.BAD_CWD, "there is no directory " + stage.cwd() + " in the workspace");
    }
    Map<String, String> env = environment.of(running, stage);
    String name = running.index() + "-" + index;
    GroupedProcess process;
    try {
      process = start(name, stage.run(), cwd, env);
    } catch (IOException e) {
      return StageOutcome.of(StageOutcome.Kind.NOT_STARTED, e.getMessage());
    }
    CompletableFuture<Void> pump =
        Pump.start(process.output(), attempt.spool(), running.test().id(), threads);
    try {
      attempt
          .journal()
          .step(Step.started(running.index(), index, process.pid(), process.startedAt()), false);
      return await(process, pump, limit, () -> stop(name, stage, cwd, env, running));
    } finally {
      settle(process, pump);
    }
  }

  private StageOutcome await(
      GroupedProcess process, CompletableFuture<Void> pump, Duration limit, StopScript script)
      throws IOException, InterruptedException {
    CompletableFuture<?> stop = attempt.stop().asked();
    if (!Waits.either(process.exit(), stop, limit)) {
      Escalation.end(process, script.run());
      return StageOutcome.of(
          StageOutcome.Kind.TIMEOUT, "not done after " + Durations.format(limit));
    }
    if (process.exit().isDone()) {
      return StageOutcome.exited(process.exit().join());
    }
    Escalation.end(process, script.run());
    return StageOutcome.of(StageOutcome.Kind.STOPPED, "stopped");
  }

  /** Gives the output a moment to drain, and ends whatever the stage left behind. */
  private static void settle(GroupedProcess process, CompletableFuture<Void> pump)
      throws InterruptedException {
    Waits.done(pump, DRAIN);
    if (process.tree().alive()) {
      process.tree().kill();
    }
    if (!Waits.done(pump, DRAIN)) {
      // held open by somebody who is not ours to end
      pump.cancel(true);
    }
  }

  /** Runs the stop script beside the stage, if it has one, and returns the grace after TERM. */
  private Duration stop(
      String name, Stage stage, Path cwd, Map<String, String> env, Running running)
      throws InterruptedException {
    if (stage.stop() == null || stage.stop().isBlank()) {
      return stage.stopTimeout();
    }
    try {
      GroupedProcess script = start(name + "-stop", stage.stop(), cwd, env);
      CompletableFuture<Void> pump =
          Pump.start(script.output(), attempt.spool(), running.test().id(), threads);
      if (!Waits.done(script.exit(), stage.stopTimeout())) {
        Tree.alone(script.pid()).kill();
      }
      Waits.done(pump, DRAIN);
    } catch (IOException e) {
      log.warn("a stop script did not start [task: {}, stage: {}]", attempt.key(), stage.name(), e);
    }
    return GRACE.compareTo(stage.stopTimeout()) < 0 ? GRACE : stage.stopTimeout();
  }

  private GroupedProcess start(String name, String script, Path cwd, Map<String, String> env)
      throws IOException {
    return GroupedProcess.start(
        Shell.script(attempt.journal().dir(), name, script), cwd, env, attempt.owner());
  }

  /** The directory a stage runs in, or null when it is not there. */
  private Path directory(String cwd) {
    try {
      Path dir =
          cwd == null ? environment.workspace() : environment.workspace().resolve(cwd).normalize();
      return Files.isDirectory(dir) ? dir : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Runs a stop script and says how long TERM may take then. */
  private interface StopScript {
    Duration run() throws InterruptedException;
  }
}
