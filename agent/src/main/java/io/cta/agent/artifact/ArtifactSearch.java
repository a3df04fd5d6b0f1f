package io.cta.agent.artifact;

import io.cta.glob.GlobPattern;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Finds the files of a workspace that match a pattern. A link to a file of the workspace counts as
 * that file under the link's name; one that leads elsewhere is skipped with a word; a linked folder
 * is not entered, and never {@code .git}. Threads that may block.
 */
final class ArtifactSearch {
  private static final String GIT = ".git";
  private static final int MAX_SKIPPED = 20;

  /** A directory and the position of the pattern in it. */
  private record Place(Path dir, String name, BitSet at) {}

  private final Path workspace;
  private final int maxFiles;
  private final int maxEntries;
  private final BooleanSupplier stop;
  private final SortedMap<String, Path> files = new TreeMap<>();
  private final List<String> skipped = new ArrayList<>();
  private final Deque<Place> todo = new ArrayDeque<>();
  private int entries;

  /**
   * @param maxFiles that are found
   * @param maxEntries files and directories that are looked at
   * @param stop asked on the way; once it returns true, the search ends
   */
  ArtifactSearch(Path workspace, int maxFiles, int maxEntries, BooleanSupplier stop)
      throws IOException {
    this.workspace = workspace.toRealPath();
    this.maxFiles = maxFiles;
    this.maxEntries = maxEntries;
    this.stop = stop;
  }

  /** The files that match; may be called once. */
  FoundFiles find(GlobPattern pattern) {
    Path start = workspace.resolve(pattern.root());
    if (isPlainDirectory(start)) {
      todo.push(new Place(start, pattern.root(), pattern.atRoot()));
    } else if (Files.isDirectory(start)) {
      skip(pattern.root() + " is or is below a linked folder or .git, which is not entered");
    }
    while (!todo.isEmpty()) {
      if (stop.getAsBoolean()) {
        skip("the search for " + pattern + " was stopped");
        break;
      }
      if (entries >= maxEntries || files.size() >= maxFiles) {
        skip("there are more files for " + pattern + " than are looked at");
        break;
      }
      visit(todo.pop(), pattern);
    }
    return new FoundFiles(files, skipped);
  }

  /** Whether no step from the workspace to it is a link or a directory of git. */
  private boolean isPlainDirectory(Path start) {
    Path at = workspace;
    for (Path step : workspace.relativize(start)) {
      at = at.resolve(step);
      if (isGit(step) || !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        return step.toString().isEmpty();
      }
    }
    return true;
  }

  private void visit(Place place, GlobPattern pattern) {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(place.dir())) {
      for (Path child : children) {
        if (++entries > maxEntries || files.size() >= maxFiles) {
          todo.push(place); // the search says that it ended early
          return;
        }
        entry(place, child, pattern);
      }
    } catch (DirectoryIteratorException | IOException e) {
      if (Files.exists(place.dir())) {
        skip((place.name().isEmpty() ? "." : place.name()) + " cannot be read: " + text(e));
      }
    }
  }

  private void entry(Place place, Path child, GlobPattern pattern) {
    String file = child.getFileName().toString();
    BitSet within = pattern.enter(place.at(), file);
    boolean matches = pattern.matches(place.at(), file);
    if (isGit(child.getFileName()) || !matches && within.isEmpty()) {
      return;
    }
    String name = place.name().isEmpty() ? file : place.name() + "/" + file;
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        link(child, name, matches, !within.isEmpty());
      } else if (attributes.isDirectory()) {
        if (!within.isEmpty()) {
          todo.push(new Place(child, name, within));
        }
      } else if (matches && attributes.isRegularFile()) {
        files.put(name, child);
      } else if (matches) {
        skip(name + " is no file");
      }
    } catch (IOException e) {
      if (matches && Files.exists(child, LinkOption.NOFOLLOW_LINKS)) {
        skip(name + " cannot be read: " + text(e));
      }
    }
  }

  private void link(Path child, String name, boolean matches, boolean mayHold) throws IOException {
    Path real;
    try {
      real = child.toRealPath();
    } catch (IOException e) {
      if (matches) {
        skip(name + " is a link that leads nowhere");
      }
      return;
    }
    boolean inside = real.startsWith(workspace) && !isBelowGit(workspace.relativize(real));
    if (Files.isDirectory(real)) {
      if (!inside && mayHold) {
        skip(name + " is a link to a folder out of the workspace");
      }
    } else if (matches && !inside) {
      skip(name + " is a link that leads out of the workspace");
    } else if (matches && Files.isRegularFile(real)) {
      files.put(name, real);
    }
  }

  private static boolean isBelowGit(Path relative) {
    for (Path step : relative) {
      if (isGit(step)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isGit(Path name) {
    return name.toString().equalsIgnoreCase(GIT);
  }

  private void skip(String text) {
    if (skipped.size() < MAX_SKIPPED) {
      skipped.add(text);
    }
  }

  static String text(Exception e) {
    Throwable cause = e instanceof DirectoryIteratorException ? e.getCause() : e;
    return cause.getClass().getSimpleName().replace("Exception", "");
  }
}
