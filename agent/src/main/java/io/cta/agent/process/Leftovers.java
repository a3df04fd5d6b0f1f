package io.cta.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What outlives the process that it came from. */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Ends what an attempt of a dead agent left running.
   *
   * <p>Kills the tree that {@code pid} led, if it is still the process that was started then; on
   * Linux every process of the owner goes, whatever its pid.
   */
  public static void kill(long pid, long startedAt, Owner owner) {
    boolean same =
        pid > 0
            && ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .filter(start -> start.toEpochMilli() == startedAt)
                .isPresent();
    if (Os.CURRENT == Os.LINUX) {
      // a leader that is gone leaves its session number, which nobody can have taken over while
      // members of it live; members that are ours by environment are found without it
      boolean leads = same && !ProcFs.ofAnother(pid, owner);
      new LinuxTree(leads ? pid : 0, owner).kill();
    } else if (same) {
      Tree.of(pid, owner).kill();
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
