package io.cta.agent.report.file;

import io.cta.glob.GlobPattern;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Finds the files of a workspace that match a pattern. It enters only directories below which
 * something can match, follows only links that stay in the workspace, and never visits a directory
 * twice at the same place of the pattern, so links cannot make it loop. Not safe from several
 * threads.
 */
final class WorkspaceWalk {
  /**
   * A directory, with links resolved, and the places of the pattern that matching has reached in
   * it.
   */
  private record Place(Path real, BitSet at) {}

  private record PendingDirectory(Place place, String name) {}

  private final Path workspace;
  private final BooleanSupplier stop;
  private final WalkLimits limits;
  private final List<String> leavingFiles = new ArrayList<>();
  private final List<String> leavingDirectories = new ArrayList<>();
  private final SortedMap<String, Path> found = new TreeMap<>();
  private final Deque<PendingDirectory> todo = new ArrayDeque<>();
  private final Set<Place> seen = new HashSet<>();
  private GlobPattern glob;
  private int entries;

  WorkspaceWalk(Path workspace, BooleanSupplier stop, WalkLimits limits) throws IOException {
    this.workspace = workspace.toRealPath();
    this.stop = stop;
    this.limits = limits;
  }

  /** Matching files, by their names below the workspace, with links resolved. */
  SortedMap<String, Path> find(GlobPattern pattern) throws IOException {
    glob = pattern;
    found.clear();
    leavingFiles.clear();
    leavingDirectories.clear();
    seen.clear();
    Path start = workspace.resolve(pattern.root());
    if (Files.isDirectory(start)) {
      Path real = target(start);
      if (real != null && real.startsWith(workspace)) {
        go(real, pattern.atRoot(), pattern.root());
      } else {
        addLink(leavingDirectories, pattern.root());
      }
    }
    while (!todo.isEmpty() && !isFull()) {
      visit(todo.pop());
    }
    todo.clear();
    return new TreeMap<>(found);
  }

  /** Links of the last search that match, and lead to a file out of the workspace. */
  List<String> leavingFiles() {
    return List.copyOf(leavingFiles);
  }

  /** Links of the last search to directories out of the workspace, where matches may be. */
  List<String> leavingDirectories() {
    return List.copyOf(leavingDirectories);
  }

  /** Whether the last search ended at a limit, before everything was seen. */
  boolean isFull() {
    return found.size() >= limits.files() || entries >= limits.entries();
  }

  private void go(Path real, BitSet at, String name) {
    Place place = new Place(real, at);
    if (!at.isEmpty() && seen.add(place)) {
      todo.push(new PendingDirectory(place, name));
    }
  }

  private void visit(PendingDirectory pendingDirectory) throws IOException {
    try (DirectoryStream<Path> children =
        Files.newDirectoryStream(pendingDirectory.place().real())) {
      for (Path child : children) {
        if (stop.getAsBoolean()) {
          throw new InterruptedIOException("looking for reports was stopped");
        }
        if (isFull()) {
          return;
        }
        entries++;
        try {
          entry(pendingDirectory, child);
        } catch (FileSystemException e) {
          // it was removed meanwhile; the others are still there
        }
      }
    } catch (DirectoryIteratorException | FileSystemException e) {
      // it was removed meanwhile, or cannot be read: then nothing in it can be read
    }
  }

  private void entry(PendingDirectory pendingDirectory, Path child) throws IOException {
    String file = child.getFileName().toString();
    BitSet within = glob.enter(pendingDirectory.place().at(), file);
    boolean matches = glob.matches(pendingDirectory.place().at(), file);
    if (!matches && within.isEmpty()) {
      return;
    }
    String name = pendingDirectory.name().isEmpty() ? file : pendingDirectory.name() + "/" + file;
    BasicFileAttributes attributes =
        Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Path real = child;
    if (attributes.isSymbolicLink()) {
      real = target(child);
      if (real == null) {
        return;
      }
      attributes = Files.readAttributes(real, BasicFileAttributes.class);
      if (!real.startsWith(workspace)) {
        if (attributes.isDirectory() && !within.isEmpty()) {
          addLink(leavingDirectories, name);
        } else if (matches && attributes.isRegularFile()) {
          addLink(leavingFiles, name);
        }
        return;
      }
    }
    if (attributes.isDirectory()) {
      go(real, within, name);
    } else if (matches && attributes.isRegularFile()) {
      found.put(name, real);
    }
  }

  /** Where a link leads, or null when that is nowhere. */
  private static Path target(Path link) {
    try {
      return link.toRealPath();
    } catch (IOException broken) {
      return null;
    }
  }

  private void addLink(List<String> links, String name) {
    if (links.size() < limits.links()) {
      links.add(name);
    }
  }
}
