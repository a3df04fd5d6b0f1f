package io.cta.agent.disk;

import io.cta.disk.DiskFullDetector;
import io.cta.disk.DiskLowFailure;
import io.cta.disk.DiskSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the machine's disks have room for a task: of bytes by asking, of inodes by making a
 * few files. Threads that may block, but for {@link #trouble()}.
 */
public final class DiskWatch {
  private static final Logger log = LoggerFactory.getLogger(DiskWatch.class);
  private static final int FILES = 8;

  private final List<Path> dirs;
  private final Path probes;
  private final long mark;
  private final Consumer<Boolean> tight;
  private volatile String trouble;

  /**
   * @param dirs on whose disks tests write
   * @param probes a directory that is made for a moment; nobody else uses it
   * @param mark bytes below which a disk is low, or 0 for a twentieth of it, at most 512 MB
   * @param tight told at each look whether a disk is low, to give back what can be spared
   */
  public DiskWatch(List<Path> dirs, Path probes, long mark, Consumer<Boolean> tight) {
    this.dirs = List.copyOf(dirs);
    this.probes = probes;
    this.mark = mark;
    this.tight = tight;
  }

  /** Why no task is taken, for people, as the last look found it; null when there is room. */
  public String trouble() {
    return trouble;
  }

  /** Looks, and answers what {@link #trouble()} says from now on. */
  public String look() {
    String found = lowest();
    return found(found == null ? noFiles() : found);
  }

  /**
   * Looks at the sizes alone, which costs next to nothing; what a whole look found stays until the
   * next one.
   *
   * @throws DiskLowFailure when a task should not begin
   */
  public void require() throws DiskLowFailure {
    String found = trouble == null ? found(lowest()) : trouble;
    if (found != null) {
      throw new DiskLowFailure(found);
    }
  }

  private String found(String now) {
    String before = trouble;
    trouble = now;
    tight.accept(now != null);
    if (now != null && before == null) {
      log.warn("no task is taken [reason: {}]", now);
    } else if (now == null && before != null) {
      log.info("tasks are taken again: there is room on the disks");
    }
    return now;
  }

  private String lowest() {
    for (Path dir : dirs) {
      DiskSpace room = DiskSpace.of(dir);
      if (room.low(mark)) {
        return room.text();
      }
    }
    return null;
  }

  private String noFiles() {
    try {
      Files.createDirectories(probes);
      for (int i = 0; i < FILES; i++) {
        Files.write(probes.resolve("probe" + i), new byte[] {1});
      }
      return null;
    } catch (IOException e) {
      return DiskFullDetector.is(e)
          ? "disk low: no file can be made in " + probes.getParent() + " (no inode is free)"
          : "disk trouble: no file can be made in " + probes.getParent() + ": " + e;
    } finally {
      clear();
    }
  }

  private void clear() {
    try {
      for (int i = 0; i < FILES; i++) {
        Files.deleteIfExists(probes.resolve("probe" + i));
      }
      Files.deleteIfExists(probes);
    } catch (IOException e) {
      log.debug("a probe was left [dir: {}]", probes, e);
    }
  }
}
