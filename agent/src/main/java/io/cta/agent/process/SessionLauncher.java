package io.cta.agent.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts a command as the leader of its own session, by whatever tool the platform has for that.
 */
final class SessionLauncher {
  private static final String PERL = "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV;";
  private static final String PYTHON =
      "import os,sys; os.setsid(); os.execvp(sys.argv[1], sys.argv[1:])";
  private static final List<String> PREFIX = prefix();

  private SessionLauncher() {}

  static List<String> lead(List<String> command) {
    List<String> out = new ArrayList<>(PREFIX);
    out.addAll(command);
    return out;
  }

  /** Whether the processes started here have a group of their own, whose number is their pid. */
  static boolean grouped() {
    return !PREFIX.isEmpty();
  }

  private static List<String> prefix() {
    if (OperatingSystem.CURRENT == OperatingSystem.WINDOWS) {
      return List.of();
    }
    return by("setsid")
        .or(() -> by("perl", "-e", PERL))
        .or(() -> by("python3", "-c", PYTHON))
        .orElse(List.of());
  }

  private static Optional<List<String>> by(String program, String... arguments) {
    return ProgramFinder.find(program)
        .map(Path::toString)
        .map(
            path -> {
              List<String> out = new ArrayList<>(List.of(path));
              out.addAll(List.of(arguments));
              return out;
            });
  }
}
