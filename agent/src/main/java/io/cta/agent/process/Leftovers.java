package io.cta.agent.process;

/** Ends what an attempt of a dead agent left running. */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Kills the tree that {@code pid} led, if it is still the process that was started then; on Linux
   * every process of the owner goes, whatever its pid.
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
      new LinuxTree(same ? pid : 0, owner).kill();
    } else if (same) {
      Tree.of(pid, owner).kill();
    }
  }
}
