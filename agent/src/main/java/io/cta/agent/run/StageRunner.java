package io.cta.agent.run;

import io.cta.agent.journal.StageProgress;
import io.cta.agent.output.MaskedOutput;
import io.cta.agent.output.OutputReader;
import io.cta.agent.process.GroupedProcess;
import io.cta.agent.process.InheritedVariables;
import io.cta.agent.process.LeftoverProcesses;
import io.cta.agent.process.ProcessTree;
import io.cta.agent.process.ShellCommand;
import io.cta.domain.ShellKind;
import io.cta.domain.Stage;
import io.cta.domain.StageScript;
import io.cta.json.DurationFormat;
import io.cta.masking.SecretMasker;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one stage: starts its process, reads its output, waits for its end, and runs its stop script
 * when it must end early.
 */
final class StageRunner {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(StageRunner.class);
  private static final Duration DRAIN = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final AttemptContext attempt;
  private final TestEnvironment environment;
  private final InheritedVariables inherited;
  private final Executor threads;
  private final SecretMasker secrets;

  StageRunner(
      AttemptContext attempt,
      TestEnvironment environment,
      AgentServices agentServices,
      SecretMasker secrets) {
    this.secrets = secrets;
    ticker = agentServices.time().ticker();
    inherited = agentServices.inherited();
    threads = agentServices.threads();
    this.attempt = attempt;
    this.environment = environment;
  }

  /**
   * @param limit how long it may run
   */
  StageOutcome run(RunningTest runningTest, int index, Duration limit)
      throws IOException, InterruptedException {
    Stage stage = runningTest.test().stages().get(index);
    StageDirectory directory = StageDirectory.of(environment.workspace(), stage.cwd());
    if (directory.problem() != null) {
      return StageOutcome.of(StageOutcome.Kind.BAD_CWD, directory.problem());
    }
    Path cwd = directory.path();
    Map<String, String> env = environment.of(runningTest, stage);
    String name = runningTest.index() + "-" + index;
    GroupedProcess process;
    try {
      process = start(name, stage.shell(), stage.run(), cwd, env);
    } catch (IOException e) {
      return StageOutcome.of(StageOutcome.Kind.NOT_STARTED, reason(e));
    }
    CompletableFuture<Void> reader = OutputReader.start(process, output(runningTest), threads);
    try {
      attempt
          .journal()
          .step(
              StageProgress.started(runningTest.index(), index, process.pid(), process.startedAt()),
              false);
      return await(process, reader, limit, () -> stop(name, stage, cwd, env, runningTest));
    } finally {
      drainAndKill(process, reader);
      LeftoverProcesses.named(left(name))
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
      GroupedProcess process, CompletableFuture<Void> reader, Duration limit, StopScript script)
      throws IOException, InterruptedException {
    CompletableFuture<?> stop = attempt.stop().asked();
    if (!StageTimeouts.either(process.exit(), stop, limit)) {
      SignalEscalation.end(process, script.run(), ticker);
      return StageOutcome.of(
          StageOutcome.Kind.TIMEOUT, "not done after " + DurationFormat.format(limit));
    }
    if (process.exit().isDone()) {
      return StageOutcome.exited(process.exit().join());
    }
    SignalEscalation.end(process, script.run(), ticker);
    return StageOutcome.of(StageOutcome.Kind.STOPPED, "stopped");
  }

  /** Gives the output a moment to drain, and ends whatever the stage left behind. */
  private static void drainAndKill(GroupedProcess process, CompletableFuture<Void> reader)
      throws InterruptedException {
    StageTimeouts.done(reader, DRAIN);
    if (process.tree().alive()) {
      process.tree().kill();
    }
    if (!StageTimeouts.done(reader, DRAIN)) {
      // a process that is not ours to end holds it open
      reader.cancel(true);
    }
  }

  /**
   * Runs the stop script beside the stage, if it has one, and returns the grace period after TERM.
   */
  private Duration stop(
      String name, Stage stage, Path cwd, Map<String, String> env, RunningTest runningTest)
      throws InterruptedException {
    if (stage.stop() == null || stage.stop().isBlank()) {
      return stage.stopTimeout().duration();
    }
    try {
      GroupedProcess script = start(name + "-stop", stage.shell(), stage.stop(), cwd, env);
      CompletableFuture<Void> reader = OutputReader.start(script, output(runningTest), threads);
      if (!StageTimeouts.done(script.exit(), stage.stopTimeout().duration())) {
        ProcessTree.alone(script.pid()).kill();
      }
      StageTimeouts.done(reader, DRAIN);
    } catch (IOException e) {
      log.warn("a stop script did not start [task: {}, stage: {}]", attempt.key(), stage.name(), e);
    }
    return GRACE.compareTo(stage.stopTimeout().duration()) < 0
        ? GRACE
        : stage.stopTimeout().duration();
  }

  private GroupedProcess start(
      String name, ShellKind shell, StageScript script, Path cwd, Map<String, String> env)
      throws IOException {
    List<String> command = ShellCommand.of(shell).script(attempt.journal().dir(), name, script);
    return GroupedProcess.start(
        command, cwd, env, attempt.owner(), inherited::includes, null, left(name));
  }

  private MaskedOutput output(RunningTest runningTest) {
    return new MaskedOutput(attempt.spool(), runningTest.test().id(), secrets);
  }

  private Path left(String name) {
    return attempt.journal().dir().resolve(name + ".left");
  }

  /** The platform's message without the command, which may be very long. */
  private static String reason(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return "cannot be started: " + cause.getMessage();
  }

  /** Runs a stop script, and returns the grace period after TERM. */
  private interface StopScript {
    Duration run() throws InterruptedException;
  }
}
