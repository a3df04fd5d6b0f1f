package io.cta.agent.run;

import java.util.Map;

/**
 * Explains exit codes. A shell, and Java, give 128 + n for a process that signal n ended. The names
 * are those of POSIX with the numbers of Linux; macOS numbers a few differently.
 */
final class ExitCodes {
  private static final int SIGNAL_BASE = 128;
  private static final int LAST_SIGNAL = 64;
  private static final int CANNOT_EXECUTE = 126;
  private static final int NOT_FOUND = 127;

  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(10, "SIGUSR1"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(12, "SIGUSR2"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

  private ExitCodes() {}

  static boolean isSignal(int code) {
    return code > SIGNAL_BASE && code <= SIGNAL_BASE + LAST_SIGNAL;
  }

  /** For people: {@code exit code 139 (SIGSEGV)}. */
  static String describe(int code) {
    String text = "exit code " + code;
    if (code == NOT_FOUND) {
      return text + " (command not found)";
    }
    if (code == CANNOT_EXECUTE) {
      return text + " (command cannot be executed)";
    }
    if (!isSignal(code)) {
      return text;
    }
    int signal = code - SIGNAL_BASE;
    return text + " (" + SIGNALS.getOrDefault(signal, "signal " + signal) + ")";
  }
}
