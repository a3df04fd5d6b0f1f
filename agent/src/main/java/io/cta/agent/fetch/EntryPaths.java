package io.cta.agent.fetch;

import io.cta.agent.process.OperatingSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Resolves the names of an archive's entries, and refuses those that mean something else. Pure. */
final class EntryPaths {
  private static final int MAX_NAME_CHARS = 4096;
  private static final int MAX_SHOWN_CHARS = 200;
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?|.*[. ]|.*[<>:\"|?*].*");

  private EntryPaths() {}

  static Path resolve(Path root, String name, int maxDepth) throws FetchFailed {
    if (name.startsWith("/") || name.matches("[A-Za-z]:.*")) {
      throw new FetchFailed(text(name) + " leaves the archive: its name is absolute");
    }
    if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
      throw new FetchFailed(text(name) + " has a name of " + name.length() + " characters");
    }
    if (name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
      throw new FetchFailed(text(name) + " has a name with a backslash or a control character");
    }
    Path path = root;
    int depth = 0;
    for (String part : name.split("/")) {
      if (part.equals("..")) {
        throw new FetchFailed(text(name) + " leaves the archive: its name has ..");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        path = child(path, part, name);
        depth++;
      }
    }
    if (depth > maxDepth) {
      throw new FetchFailed(text(name) + " is more than " + maxDepth + " folders deep");
    }
    return path;
  }

  /** What a failure calls the entry. */
  static String text(String name) {
    String shown = name.replaceAll("\\p{Cntrl}", "?");
    return "the entry "
        + (shown.length() > MAX_SHOWN_CHARS ? shown.substring(0, MAX_SHOWN_CHARS) + "…" : shown);
  }

  private static Path child(Path path, String part, String name) throws FetchFailed {
    boolean windows = OperatingSystem.CURRENT == OperatingSystem.WINDOWS;
    if (windows && DEVICE.matcher(part).matches()) {
      throw new FetchFailed(text(name) + " has a name that Windows reserves");
    }
    try {
      return path.resolve(part);
    } catch (InvalidPathException e) {
      throw new FetchFailed(text(name) + " has no name for a file of this machine", e);
    }
  }
}
