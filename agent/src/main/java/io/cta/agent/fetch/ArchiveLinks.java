package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Finds out where links lead, step by step as the system goes, and not by their names alone. */
final class ArchiveLinks {
  /** As many as Linux follows for one path. */
  private static final int MAX_FOLLOWED = 40;

  private ArchiveLinks() {}

  /**
   * Whether no step on the way to what a link names is outside of a directory. What it names need
   * not exist.
   *
   * @param link below {@code root}, reached without links
   */
  static boolean staysInside(Path root, Path link) throws IOException {
    Deque<Path> rest = new ArrayDeque<>();
    Path at = link.getParent();
    push(rest, Files.readSymbolicLink(link));
    int followed = 1;
    while (!rest.isEmpty()) {
      String part = rest.pop().toString();
      if (part.equals("..")) {
        at = at.getParent();
      } else if (!part.isEmpty() && !part.equals(".")) {
        at = at.resolve(part);
      }
      if (at == null || !at.startsWith(root)) {
        return false;
      }
      if (Files.isSymbolicLink(at)) {
        Path target = Files.readSymbolicLink(at);
        if (target.isAbsolute() || ++followed > MAX_FOLLOWED) {
          return false;
        }
        push(rest, target);
        at = at.getParent();
      }
    }
    return true;
  }

  /** Whether a path below a directory is a file that is reached without links. */
  static boolean isPlain(Path root, Path path) {
    Path step = root;
    for (Path part : root.relativize(path)) {
      if (!Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      step = step.resolve(part);
    }
    return Files.isRegularFile(step, LinkOption.NOFOLLOW_LINKS);
  }

  private static void push(Deque<Path> rest, Path target) {
    for (int i = target.getNameCount() - 1; i >= 0; i--) {
      rest.push(target.getName(i));
    }
  }
}
