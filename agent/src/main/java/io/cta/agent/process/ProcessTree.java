package io.cta.agent.process;

/** A process and everything that it started. Methods may block for a moment. */
public interface ProcessTree {
  /** Whether any of it still runs. */
  boolean alive();

  /** Asks all of it to end. */
  void terminate();

  /** Kills all of it, and returns when it is gone or cannot be killed. */
  void kill();

  /** The tree of a process, without those processes of its owner that it did not start. */
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
