package io.cta.agent.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Runs a command below a small Perl program, where there is Linux and Perl. As child subreaper
 * (prctl(2)) the program inherits every process that comes out of the command, even one that left
 * session and environment, and ends them after it. Its rules are in {@code supervisor.pl}.
 */
final class ProcessSupervisor {
  /** The number of the system call prctl, by Java's name for the processor. */
  private static final Map<String, Integer> PRCTL =
      Map.of("amd64", 157, "x86_64", 157, "aarch64", 167, "riscv64", 167, "ppc64le", 171);

  private static final Optional<List<String>> PREFIX = prefix();

  private ProcessSupervisor() {}

  static boolean available() {
    return PREFIX.isPresent();
  }

  /**
   * The command, supervised when that is possible.
   *
   * @param left the file that gets the names of processes it had to end, or null
   */
  static List<String> over(List<String> command, Path left) {
    if (PREFIX.isEmpty()) {
      return command;
    }
    List<String> out = new ArrayList<>(PREFIX.get());
    out.add(left == null ? "" : left.toString());
    out.addAll(command);
    return out;
  }

  private static Optional<List<String>> prefix() {
    Integer prctl = PRCTL.get(System.getProperty("os.arch"));
    if (OperatingSystem.CURRENT != OperatingSystem.LINUX
        || prctl == null
        || ProgramFinder.find("setsid").isEmpty()) {
      return Optional.empty();
    }
    return ProgramFinder.find("perl")
        .map(perl -> List.of(perl.toString(), "-e", program(), prctl.toString()));
  }

  /** The program without its comments, because process lists show all of it for a moment. */
  private static String program() {
    try (InputStream in = ProcessSupervisor.class.getResourceAsStream("supervisor.pl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
