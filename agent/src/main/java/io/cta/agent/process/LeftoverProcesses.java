package io.cta.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What outlives the process that it came from. */
public final class LeftoverProcesses {
  private LeftoverProcesses() {}

  /**
   * Ends what an attempt of a dead agent left running.
   *
   * <p>Kills the tree that {@code pid} led, if it is still the process that was started then; on
   * Linux every process of the owner goes, whatever its pid.
   */
  public static void kill(long pid, long startedAt, ProcessOwner processOwner) {
    boolean same =
        pid > 0
            && ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .filter(start -> start.toEpochMilli() == startedAt)
                .isPresent();
    if (OperatingSystem.CURRENT == OperatingSystem.LINUX) {
      // a leader that is gone leaves its session number, which nobody can have taken over while
      // members of it live; members that are ours by environment are found without it
      boolean leads = same && !ProcFs.ofAnother(pid, processOwner);
      new LinuxProcessTree(leads ? pid : 0, processOwner).kill();
    } else if (same) {
      ProcessTree.of(pid, processOwner).kill();
    }
  }

  /** The names that a supervisor wrote of what it ended, if it had to end anything. */
  public static Optional<String> named(Path left) {
    try {
      return Files.exists(left) ? Optional.of(Files.readString(left)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
