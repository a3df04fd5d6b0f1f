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
 * What was fetched before: a directory for each key, the ones used last kept. Two attempts that
 * want the same wait for each other. Threads that may block.
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

  /** Something that is done with a cached directory. */
  interface Use {
    void with(Path dir) throws IOException, FetchFailed, InterruptedException;
  }

  /** Lends the directory of a key, made if it is not there, to one attempt at a time. */
  void use(String key, Use use) throws FetchFailed, InterruptedException {
    String name = digest(key);
    Lock lock = stripes[Math.floorMod(name.hashCode(), STRIPES)];
    lock.lockInterruptibly();
    try {
      Path dir = Files.createDirectories(root.resolve(name));
      Files.setLastModifiedTime(dir, FileTime.from(clock.instant()));
      use.with(dir);
    } catch (IOException e) {
      throw new FetchFailed("cannot fetch " + key, e);
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
