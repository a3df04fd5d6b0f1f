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
 * Checks whether the machine's disks have room for a task: for bytes by asking the system, for
 * inodes by making a few files. Only for threads that may block, except {@link #trouble()}.
 */
public final class DiskWatch {
  private static final Logger log = LoggerFactory.getLogger(DiskWatch.class);
  private static final int PROBE_FILES = 8;

  private final List<Path> dirs;
  private final Path probes;
  private final long minFreeBytes;
  private final Consumer<Boolean> onCheck;
  private volatile String trouble;

  /**
   * @param dirs directories on whose disks tests write
   * @param probes a directory that exists only during a check; nobody else uses it
   * @param minFreeBytes a disk with fewer free bytes is low; 0 means a twentieth of it, at most 512
   *     MB
   * @param onCheck called at each check with whether a disk is low, to free what can be spared
   */
  public DiskWatch(List<Path> dirs, Path probes, long minFreeBytes, Consumer<Boolean> onCheck) {
    this.dirs = List.copyOf(dirs);
    this.probes = probes;
    this.minFreeBytes = minFreeBytes;
    this.onCheck = onCheck;
  }

  /** Why no task is taken, for people, as the last check found it; null when there is room. */
  public String trouble() {
    return trouble;
  }

  /** Checks bytes and inodes, and returns what {@link #trouble()} says from now on. */
  public String check() {
    String found = lowDisk();
    return update(found == null ? probeFiles() : found);
  }

  /**
   * Checks the free bytes only, which costs next to nothing. A trouble that was found stays until
   * the next {@link #check()}.
   *
   * @throws DiskLowFailure when a task should not begin
   */
  public void require() throws DiskLowFailure {
    String found = trouble == null ? update(lowDisk()) : trouble;
    if (found != null) {
      throw new DiskLowFailure(found);
    }
  }

  private String update(String now) {
    String before = trouble;
    trouble = now;
    onCheck.accept(now != null);
    if (now != null && before == null) {
      log.warn("no task is taken [reason: {}]", now);
    } else if (now == null && before != null) {
      log.info("tasks are taken again: there is room on the disks");
    }
    return now;
  }

  private String lowDisk() {
    for (Path dir : dirs) {
      DiskSpace room = DiskSpace.of(dir);
      if (room.low(minFreeBytes)) {
        return room.text();
      }
    }
    return null;
  }

  private String probeFiles() {
    try {
      Files.createDirectories(probes);
      for (int i = 0; i < PROBE_FILES; i++) {
        Files.write(probes.resolve("probe" + i), new byte[] {1});
      }
      return null;
    } catch (IOException e) {
      return DiskFullDetector.is(e)
          ? "disk low: no file can be made in " + probes.getParent() + " (no inode is free)"
          : "disk trouble: no file can be made in " + probes.getParent() + ": " + e;
    } finally {
      deleteProbes();
    }
  }

  private void deleteProbes() {
    try {
      for (int i = 0; i < PROBE_FILES; i++) {
        Files.deleteIfExists(probes.resolve("probe" + i));
      }
      Files.deleteIfExists(probes);
    } catch (IOException e) {
      log.debug("a probe was left [dir: {}]", probes, e);
    }
  }
}
