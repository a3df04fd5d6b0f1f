package io.cta.agent.journal;

import io.cta.domain.AttemptRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The latest thousand attempts that the server has confirmed, so that a repeated command does not
 * run them again. Any thread that may block.
 */
final class CompletedAttempts {
  private static final int KEEP = 1000;

  private final Path path;
  private final Set<AttemptRef> keys = new LinkedHashSet<>();
  private final Set<AttemptRef> visible = ConcurrentHashMap.newKeySet();
  private LineFile file;
  private int lines;

  CompletedAttempts(Path path) throws IOException {
    this.path = path;
    file =
        LineFile.open(
            path,
            (position, json) -> {
              keys.add(io.cta.json.JsonMapping.decode(json, AttemptRef.class).checked());
              lines++;
            });
    visible.addAll(keys);
    trim();
  }

  /** Never blocks. */
  boolean contains(AttemptRef key) {
    return visible.contains(key);
  }

  synchronized void add(AttemptRef key) throws IOException {
    if (keys.add(key)) {
      visible.add(key);
      file.append(key);
      lines++;
      trim();
    }
  }

  synchronized void close() throws IOException {
    file.close();
  }

  private void trim() throws IOException {
    while (keys.size() > KEEP) {
      AttemptRef oldest = keys.iterator().next();
      keys.remove(oldest);
      visible.remove(oldest);
    }
    if (lines > 2 * KEEP) {
      compact();
    }
  }

  private void compact() throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (LineFile next = LineFile.open(fresh, (position, json) -> {})) {
      for (AttemptRef key : keys) {
        next.append(key);
      }
      next.sync();
    }
    file.close();
    Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    file = LineFile.open(path, (position, json) -> {});
    lines = keys.size();
  }
}
