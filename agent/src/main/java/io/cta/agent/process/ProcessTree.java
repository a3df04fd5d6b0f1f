package io.cta.agent.process;

/** A process with everything that came out of it. Methods may block for a moment. */
public interface ProcessTree {
  /** Whether any of it still runs. */
  boolean alive();

  /** Asks all of it to end. */
  void terminate();

  /** Ends all of it, and returns when it is gone or cannot be made to go. */
  void kill();

  /** The tree of a process without those of its owner's processes that did not come out of it. */
  static ProcessTree alone(long pid) {
    return of(pid, null);
  }

  /** The tree of a process; {@code pid} led its own group if the platform can do that. */
  static ProcessTree of(long pid, ProcessOwner processOwner) {
    return switch (OperatingSystem.CURRENT) {
      case LINUX -> new LinuxProcessTree(pid, processOwner);
      case WINDOWS -> new WindowsProcessTree(pid);
      default -> new PosixProcessTree(pid);
    };
  }
}
