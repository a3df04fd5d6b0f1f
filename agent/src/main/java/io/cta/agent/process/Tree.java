package io.cta.agent.process;

/** A process with everything that came out of it. Methods may block for a moment. */
public interface Tree {
  /** Whether any of it still runs. */
  boolean alive();

  /** Asks all of it to end. */
  void terminate();

  /** Ends all of it, and returns when it is gone or cannot be made to go. */
  void kill();

  /** The tree of a process without those of its owner's processes that did not come out of it. */
  static Tree alone(long pid) {
    return of(pid, null);
  }

  /** The tree of a process; {@code pid} led its own group if the platform can do that. */
  static Tree of(long pid, Owner owner) {
    return switch (Os.CURRENT) {
      case LINUX -> new LinuxTree(pid, owner);
      case WINDOWS -> new WindowsTree(pid);
      default -> new PosixTree(pid);
    };
  }
}
