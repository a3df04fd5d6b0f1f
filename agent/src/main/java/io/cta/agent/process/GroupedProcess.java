package io.cta.agent.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A process started as the leader of its own session; stderr is in stdout. */
public final class GroupedProcess {
  private static final File NULL_DEVICE =
      new File(OperatingSystem.CURRENT == OperatingSystem.WINDOWS ? "NUL" : "/dev/null");

  private final Process process;
  private final ProcessTree tree;
  private final CompletableFuture<Integer> exit;

  private GroupedProcess(Process process, ProcessTree tree) {
    this.process = process;
    this.tree = tree;
    this.exit = process.onExit().thenApply(Process::exitValue);
  }

  /** Starts a command of the agent itself; {@code env} is added to its own environment. */
  public static GroupedProcess start(
      List<String> command, Path cwd, Map<String, String> env, ProcessOwner processOwner)
      throws IOException {
    return start(command, cwd, env, processOwner, name -> true, null, null);
  }

  /**
   * Starts a command; {@code env} is added to the agent's own environment.
   *
   * @param inherited which variables of the agent's environment it sees
   * @param input the file that it reads, or null for an empty one
   * @param left the file that gets the names of processes that outlived the command and had to be
   *     ended, where the platform can tell; or null
   * @throws IOException when the platform cannot start it, and says why
   */
  public static GroupedProcess start(
      List<String> command,
      Path cwd,
      Map<String, String> env,
      ProcessOwner processOwner,
      Predicate<String> inherited,
      Path input,
      Path left)
      throws IOException {
    EnvironmentCheck.check(env);
    ProcessBuilder builder =
        new ProcessBuilder(SessionLauncher.lead(ProcessSupervisor.over(command, left)))
            .directory(cwd.toFile())
            .redirectErrorStream(true)
            .redirectInput(input == null ? NULL_DEVICE : input.toFile());
    // tests must not see what configures the agent, above all its tokens
    builder
        .environment()
        .keySet()
        .removeIf(name -> InheritedVariables.isAgents(name) || !inherited.test(name));
    builder.environment().putAll(env);
    builder.environment().put(ProcessOwner.TASK, processOwner.taskId());
    builder.environment().put(ProcessOwner.ATTEMPT, String.valueOf(processOwner.attempt()));
    Process process = builder.start();
    return new GroupedProcess(process, ProcessTree.of(process.pid(), processOwner));
  }

  public long pid() {
    return process.pid();
  }

  /** The start time in epoch milliseconds, as the platform tells it; 0 when it does not. */
  public long startedAt() {
    return process.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
  }

  public InputStream output() {
    return process.getInputStream();
  }

  /** Completes with the exit code; 128 + n after signal n. */
  public CompletableFuture<Integer> exit() {
    return exit;
  }

  public ProcessTree tree() {
    return tree;
  }
}
