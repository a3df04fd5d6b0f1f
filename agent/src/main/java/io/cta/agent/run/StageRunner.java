package io.cta.agent.run;

import io.cta.agent.journal.Step;
import io.cta.agent.output.Pump;
import io.cta.agent.process.GroupedProcess;
import io.cta.agent.process.InheritedVariables;
import io.cta.agent.process.Leftovers;
import io.cta.agent.process.ShellCommand;
import io.cta.agent.process.Tree;
import io.cta.domain.Script;
import io.cta.domain.Shell;
import io.cta.domain.Stage;
import io.cta.json.Durations;
import io.cta.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one stage: its process, its output, its end, and its stop script when it must be ended. */
final class StageRunner {
  private final Ticker ticker;
  private static final Logger log = LoggerFactory.getLogger(StageRunner.class);
  private static final Duration DRAIN = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Attempt attempt;
  private final TestEnvironment environment;
  private final InheritedVariables inherited;
  private final Executor threads;

  StageRunner(Attempt attempt, TestEnvironment environment, Host host) {
    ticker = host.time().ticker();
    inherited = host.inherited();
    threads = host.threads();
    this.attempt = attempt;
    this.environment = environment;
  }

  /**
   * @param limit how long it may run
   */
  StageOutcome run(Running running, int index, Duration limit)
      throws IOException, InterruptedException {
    Stage stage = running.test().stages().get(index);
    StageDirectory directory = StageDirectory.of(environment.workspace(), stage.cwd());
    if (directory.problem() != null) {
      return StageOutcome.of(StageOutcome.Kind.BAD_CWD, directory.problem());
    }
    Path cwd = directory.path();
    Map<String, String> env = environment.of(running, stage);
    String name = running.index() + "-" + index;
    GroupedProcess process;
    try {
      process = start(name, stage.shell(), stage.run(), cwd, env);
    } catch (IOException e) {
      return StageOutcome.of(StageOutcome.Kind.NOT_STARTED, reason(e));
    }
    CompletableFuture<Void> pump =
        Pump.start(process, attempt.spool(), running.test().id(), threads);
    try {
      attempt
          .journal()
          .step(Step.started(running.index(), index, process.pid(), process.startedAt()), false);
      return await(process, pump, limit, () -> stop(name, stage, cwd, env, running));
    } finally {
      settle(process, pump);
      Leftovers.named(left(name))
          .ifPresent(
              names ->
                  log.warn(
                      "ended what a stage left running [task: {}, stage: {}, processes: {}]",
                      attempt.key(),
                      stage.name(),
                      names));
    }
  }

  private StageOutcome await(
      GroupedProcess process, CompletableFuture<Void> pump, Duration limit, StopScript script)
      throws IOException, InterruptedException {
    CompletableFuture<?> stop = attempt.stop().asked();
    if (!StageTimeouts.either(process.exit(), stop, limit)) {
      Escalation.end(process, script.run(), ticker);
      return StageOutcome.of(
          StageOutcome.Kind.TIMEOUT, "not done after " + Durations.format(limit));
    }
    if (process.exit().isDone()) {
      return StageOutcome.exited(process.exit().join());
    }
    Escalation.end(process, script.run(), ticker);
    return StageOutcome.of(StageOutcome.Kind.STOPPED, "stopped");
  }

  /** Gives the output a moment to drain, and ends whatever the stage left behind. */
  private static void settle(GroupedProcess process, CompletableFuture<Void> pump)
      throws InterruptedException {
    StageTimeouts.done(pump, DRAIN);
    if (process.tree().alive()) {
      process.tree().kill();
    }
    if (!StageTimeouts.done(pump, DRAIN)) {
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
      GroupedProcess script = start(name + "-stop", stage.shell(), stage.stop(), cwd, env);
      CompletableFuture<Void> pump =
          Pump.start(script, attempt.spool(), running.test().id(), threads);
      if (!StageTimeouts.done(script.exit(), stage.stopTimeout())) {
        Tree.alone(script.pid()).kill();
      }
      StageTimeouts.done(pump, DRAIN);
    } catch (IOException e) {
      log.warn("a stop script did not start [task: {}, stage: {}]", attempt.key(), stage.name(), e);
    }
    return GRACE.compareTo(stage.stopTimeout()) < 0 ? GRACE : stage.stopTimeout();
  }

  private GroupedProcess start(
      String name, Shell shell, Script script, Path cwd, Map<String, String> env)
      throws IOException {
    List<String> command = ShellCommand.of(shell).script(attempt.journal().dir(), name, script);
    return GroupedProcess.start(
        command, cwd, env, attempt.owner(), inherited::includes, left(name));
  }

  private Path left(String name) {
    return attempt.journal().dir().resolve(name + ".left");
  }

  /** The platform's own words, without the command, which may be longer than a log. */
  private static String reason(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return "cannot be started: " + cause.getMessage();
  }

  /** Runs a stop script and says how long TERM may take then. */
  private interface StopScript {
    Duration run() throws InterruptedException;
  }
}
