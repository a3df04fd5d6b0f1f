package io.cta.agent.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/** One directory for each attempt; the latest few are kept to look at. Threads that may block. */
public final class Workspaces {
  private final Path root;
  private final int keep;
  private final Deque<Path> kept = new ArrayDeque<>();

  public Workspaces(Path root, int keep) throws IOException {
    this.root = Files.createDirectories(root).toRealPath();
    this.keep = keep;
  }

  /** Removes what is there of attempts that no journal knows. */
  public void sweep(java.util.Set<String> known) throws IOException {
    try (Stream<Path> dirs = Files.list(root)) {
      for (Path dir : dirs.toList()) {
        if (!known.contains(dir.getFileName().toString())) {
          Trees.delete(dir);
        }
      }
    }
  }

  /** An empty directory of that name. */
  public Path make(String name) throws IOException {
    Path dir = root.resolve(name);
    Trees.delete(dir);
    return Files.createDirectories(dir);
  }

  /** The directory of that name as it is. */
  public Path again(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  /** The attempt needs it no longer. */
  public void release(Path dir) throws IOException {
    Path oldest = null;
    synchronized (this) {
      kept.add(dir);
      if (kept.size() > keep) {
        oldest = kept.poll();
      }
    }
    if (oldest != null) {
      Trees.delete(oldest);
    }
  }
}
