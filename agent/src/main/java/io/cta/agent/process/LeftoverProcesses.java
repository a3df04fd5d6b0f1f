package io.cta.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Ends and names the processes that outlive the one that started them. */
public final class LeftoverProcesses {
  private LeftoverProcesses() {}

  /**
   * Ends what an attempt of a dead agent left running.
   *
   * <p>Kills the tree that {@code pid} led, if that is still the process that was started at {@code
   * startedAt}, in epoch milliseconds. On Linux every process of the owner is killed, whatever its
   * pid.
   */
  public static void kill(long pid, long startedAt, ProcessOwner processOwner) {
    boolean same =
        pid > 0
            && ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .filter(start -> start.toEpochMilli() == startedAt)
                .isPresent();
    if (OperatingSystem.CURRENT == OperatingSystem.LINUX) {
      // the number of a session outlives its leader, and is not used again while members of it
      // live; members with our environment are found without the number
      boolean leads = same && !ProcFs.ofAnother(pid, processOwner);
      new LinuxProcessTree(leads ? pid : 0, processOwner).kill();
    } else if (same) {
      ProcessTree.of(pid, processOwner).kill();
    }
  }

  /** The names of the processes that a supervisor had to end; empty when there were none. */
  public static Optional<String> named(Path left) {
    try {
      return Files.exists(left) ? Optional.of(Files.readString(left)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
