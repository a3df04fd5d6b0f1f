package io.cta.agent.fetch;

import io.cta.agent.workspace.DirectoryRemover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches fetched inputs: one directory for each key. The latest used are kept, up to a number and a
 * size; one that is in use is never removed. Two attempts with the same key wait for each other.
 * Only for threads that may block.
 */
public final class InputCache {
  private static final Logger log = LoggerFactory.getLogger(InputCache.class);
  private static final int STRIPES = 64;

  private final Path root;
  private final Clock clock;
  private final int keep;
  private final long maxBytes;
  private final Lock[] stripes = new Lock[STRIPES];
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** A directory that is here. */
  private record Entry(String name, long bytes, long used) {}

  /**
   * @param keep directories at most
   * @param maxBytes of all of them together
   */
  public InputCache(Path root, int keep, long maxBytes, Clock clock) throws IOException {
    this.clock = clock;
    this.keep = keep;
    this.maxBytes = maxBytes;
    this.root = Files.createDirectories(root);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
    try (Stream<Path> dirs = Files.list(this.root)) {
      for (Path dir : dirs.toList()) {
        measure(dir, dir.toFile().lastModified());
      }
    }
    evict();
  }

  /** What is done with a cached directory. */
  interface DirectoryAction<T> {
    T run(Path dir) throws IOException, FetchFailed, InterruptedException;
  }

  /**
   * Runs the action with the key's directory, which is created if missing; one attempt at a time.
   */
  <T> T use(String key, DirectoryAction<T> action) throws FetchFailed, InterruptedException {
    return use(key, key, action);
  }

  /**
   * As {@link #use(String, DirectoryAction)}, for a key with secrets.
   *
   * @param what is fetched, for people
   */
  <T> T use(String key, String what, DirectoryAction<T> action)
      throws FetchFailed, InterruptedException {
    String name = digest(key);
    Lock lock = stripe(name);
    lock.lockInterruptibly();
    try {
      Path dir = Files.createDirectories(root.resolve(name));
      Files.setLastModifiedTime(dir, FileTime.from(clock.instant()));
      try {
        return action.run(dir);
      } finally {
        measure(dir, clock.millis());
      }
    } catch (IOException e) {
      throw new FetchFailed("cannot fetch " + what, e);
    } finally {
      lock.unlock();
      evict();
    }
  }

  static String digest(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void measure(Path dir, long used) throws IOException {
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        dir,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    String name = dir.getFileName().toString();
    entries.put(name, new Entry(name, bytes.get(), used));
  }

  /** Removes the longest unused directories until the rest is small enough. */
  private void evict() {
    List<Entry> oldest =
        entries.values().stream().sorted(Comparator.comparingLong(Entry::used)).toList();
    long bytes = oldest.stream().mapToLong(Entry::bytes).sum();
    int left = oldest.size();
    for (Entry entry : oldest) {
      if (left <= keep && bytes <= maxBytes) {
        return;
      }
      if (remove(entry)) {
        left--;
        bytes -= entry.bytes();
      }
    }
  }

  /** Returns false for a directory that is in use, or was since it was looked at. */
  private boolean remove(Entry entry) {
    Lock lock = stripe(entry.name());
    if (!lock.tryLock()) {
      return false;
    }
    try {
      if (!entries.remove(entry.name(), entry)) {
        return false;
      }
      DirectoryRemover.delete(root.resolve(entry.name()));
      return true;
    } catch (IOException e) {
      log.warn("an input in the cache is not removed [dir: {}]", entry.name(), e);
      return false;
    } finally {
      lock.unlock();
    }
  }

  private Lock stripe(String name) {
    return stripes[Math.floorMod(name.hashCode(), STRIPES)];
  }
}
