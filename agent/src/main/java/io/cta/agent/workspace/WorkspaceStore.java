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

/** One directory for each attempt; the latest few are kept to look at. Threads that may block. */
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

  /** Takes away what is there of attempts that no journal knows, and of earlier starts. */
  public void sweep(Set<String> known) throws IOException {
    try (Stream<Path> dirs = Files.list(root)) {
      for (Path dir : dirs.toList()) {
        if (!known.contains(dir.getFileName().toString()) && !WorkspaceTrash.is(dir)) {
          trash.take(dir);
        }
      }
    }
    trash.empty();
  }

  /** An empty directory of that name. */
  public Path make(String name) throws IOException {
    Path dir = root.resolve(name);
    trash.take(dir);
    return Files.createDirectories(dir);
  }

  /** The directory of that name as it is. */
  public Path again(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  /** The attempt needs it no longer: it is kept for a while, instead of the oldest that was. */
  public void release(Path dir) {
    Path oldest = null;
    synchronized (this) {
      kept.add(dir);
      if (kept.size() > keep) {
        oldest = kept.poll();
      }
    }
    if (oldest != null) {
      take(oldest);
    }
  }

  /** Removes one at once, as its disk is full; returns when its room is free. */
  public void discard(Path dir) throws IOException {
    DirectoryRemover.delete(dir);
  }

  /** Told how much room there is: while it is short, nothing is kept, and deleting has no rests. */
  public void room(boolean low) {
    trash.hurry(low);
    if (low) {
      for (Path dir = oldest(); dir != null; dir = oldest()) {
        take(dir);
      }
      trash.empty();
    }
  }

  private void take(Path dir) {
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
