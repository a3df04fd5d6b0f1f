package io.cta.agent.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads Linux's process table. */
final class ProcFs {
  private static final Path PROC = Path.of("/proc");
  private static final long SELF = ProcessHandle.current().pid();

  /** One line of the table; {@code started} in clock ticks since boot. */
  record Entry(long pid, char state, long group, long session, long started) {
    boolean running() {
      return state != 'Z' && state != 'X' && state != 'x';
    }
  }

  private ProcFs() {}

  static List<Entry> all() {
    List<Entry> out = new ArrayList<>();
    try (DirectoryStream<Path> dirs = Files.newDirectoryStream(PROC, "[0-9]*")) {
      dirs.forEach(dir -> read(dir).ifPresent(out::add));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the process table", e);
    }
    out.removeIf(entry -> entry.pid == SELF);
    return out;
  }

  static Optional<Entry> of(long pid) {
    return read(PROC.resolve(String.valueOf(pid)));
  }

  /** Whether the process has the owner in its environment; false when that cannot be read. */
  static boolean owned(long pid, ProcessOwner processOwner) {
    return environment(pid).filter(processOwner::isIn).isPresent();
  }

  /**
   * Whether the process works for another agent than the owner's: by its environment or, because a
   * supervisor shows none, by its directory.
   */
  static boolean ofAnother(long pid, ProcessOwner processOwner) {
    byte[] environment = environment(pid).orElse(new byte[0]);
    return processOwner.namesWorkspace(environment)
        ? processOwner.isOfAnother(environment)
        : directory(pid).filter(processOwner::isElsewhere).isPresent();
  }

  private static Optional<Path> directory(long pid) {
    try {
      return Optional.of(PROC.resolve(String.valueOf(pid)).resolve("cwd").toRealPath());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> environment(long pid) {
    try {
      return Optional.of(Files.readAllBytes(PROC.resolve(String.valueOf(pid)).resolve("environ")));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static Optional<Entry> read(Path dir) {
    try {
      return Optional.of(parse(new String(Files.readAllBytes(dir.resolve("stat")))));
    } catch (IOException | RuntimeException gone) {
      return Optional.empty();
    }
  }

  /**
   * Parses a line. The command's name, in parentheses, may contain anything, so fields are counted
   * from its end.
   */
  static Entry parse(String stat) {
    long pid = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
    String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return new Entry(
        pid,
        rest[0].charAt(0),
        Long.parseLong(rest[2]),
        Long.parseLong(rest[3]),
        Long.parseLong(rest[19]));
  }
}
