package io.cta.agent.fetch;

import io.cta.agent.workspace.DirectoryRemover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Caches fetched inputs: one directory for each key; the latest used are kept. Two attempts with
 * the same key wait for each other. Only for threads that may block.
 */
public final class InputCache {
  private static final int STRIPES = 64;

  private final Path root;
  private final Clock clock;
  private final Lock[] stripes = new Lock[STRIPES];

  public InputCache(Path root, int keep, Clock clock) throws IOException {
    this.clock = clock;
    this.root = Files.createDirectories(root);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
    evict(keep);
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
    Lock lock = stripes[Math.floorMod(name.hashCode(), STRIPES)];
    lock.lockInterruptibly();
    try {
      Path dir = Files.createDirectories(root.resolve(name));
      Files.setLastModifiedTime(dir, FileTime.from(clock.instant()));
      return action.run(dir);
    } catch (IOException e) {
      throw new FetchFailed("cannot fetch " + what, e);
    } finally {
      lock.unlock();
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

  private void evict(int keep) throws IOException {
    try (Stream<Path> dirs = Files.list(root)) {
      List<Path> oldest =
          dirs.sorted(Comparator.comparing((Path p) -> p.toFile().lastModified()).reversed())
              .skip(keep)
              .toList();
      for (Path dir : oldest) {
        DirectoryRemover.delete(dir);
      }
    }
  }
}
