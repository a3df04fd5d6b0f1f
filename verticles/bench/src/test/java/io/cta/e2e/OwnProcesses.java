package io.cta.e2e;

/** What runs on this machine. */
final class OwnProcesses {
  private OwnProcesses() {}

  /** How many processes have a command line that ends so. */
  static long count(String commandLine) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").endsWith(commandLine))
        .count();
  }
}
