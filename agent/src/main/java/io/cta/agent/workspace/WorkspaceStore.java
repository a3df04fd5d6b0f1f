package io.cta.agent.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates one directory for each attempt, and keeps the latest few for people to look at. Only for
 * threads that may block.
 */
public final class WorkspaceStore {
  private static final Logger log = LoggerFactory.getLogger(WorkspaceStore.class);

  private final Path root;
  private final int keep;
  private final WorkspaceTrash trash;
  private final Deque<Path> kept = new ArrayDeque<>();

  public WorkspaceStore(Path root, int keep) throws IOException {
    this.root = Files.createDirectories(root).toRealPath();
    this.keep = keep;
    this.trash = new WorkspaceTrash(this.root);
  }

  /** Removes all directories but the known ones, and what earlier starts left in the trash. */
  public void sweep(Set<String> known) throws IOException {
    try (Stream<Path> dirs = Files.list(root)) {
      for (Path dir : dirs.toList()) {
        if (!known.contains(dir.getFileName().toString()) && !WorkspaceTrash.isTrash(dir)) {
          trash.take(dir);
        }
      }
    }
    trash.empty();
  }

  /** Creates an empty directory of that name. */
  public Path make(String name) throws IOException {
    Path dir = root.resolve(name);
    trash.take(dir);
    return Files.createDirectories(dir);
  }

  /** Returns the directory of that name as it is, created if missing. */
  public Path reopen(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  /**
   * The attempt does not need the directory any more: keeps it, and removes the oldest one that was
   * kept.
   */
  public void release(Path dir) {
    Path oldest = null;
    synchronized (this) {
      kept.add(dir);
      if (kept.size() > keep) {
        oldest = kept.poll();
      }
    }
    if (oldest != null) {
      moveToTrash(oldest);
    }
  }

  /** Deletes a directory at once, because its disk is full; returns when its space is free. */
  public void discard(Path dir) throws IOException {
    DirectoryRemover.delete(dir);
  }

  /** Call with whether a disk is low. While one is, nothing is kept and deleting has no rests. */
  public void diskLow(boolean low) {
    trash.hurry(low);
    if (low) {
      for (Path dir = oldest(); dir != null; dir = oldest()) {
        moveToTrash(dir);
      }
      trash.empty();
    }
  }

  private void moveToTrash(Path dir) {
    try {
      trash.take(dir);
    } catch (IOException e) {
      log.warn("a workspace is not removed [dir: {}]", dir, e);
    }
  }

  private synchronized Path oldest() {
    return kept.poll();
  }
}
