package io.cta.agent.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes directories with all that is in them; links are removed, not followed. */
public final class DirectoryRemover {
  private static final Logger log = LoggerFactory.getLogger(DirectoryRemover.class);
  private static final int FILES_BETWEEN_RESTS = 200;
  private static final long REST_NANOS = 10_000_000;

  private DirectoryRemover() {}

  /** Removes a tree; what cannot be removed is logged and stays. */
  public static void delete(Path root) throws IOException {
    delete(root, () -> true);
  }

  /**
   * @param hurried asked after every few files; while it returns false, the thread rests for a
   *     moment
   */
  static void delete(Path root, BooleanSupplier hurried) throws IOException {
    if (Files.exists(root, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(root, new Remover(hurried));
    }
  }

  /** Makes a directory writable: a test may have taken away that right. */
  static void makeWritable(Path dir) {
    java.io.File file = dir.toFile();
    if (!file.canWrite() && !(file.setWritable(true) && file.setExecutable(true))) {
      log.warn("a directory is not writable [dir: {}]", dir);
    }
  }

  private static final class Remover extends SimpleFileVisitor<Path> {
    private final BooleanSupplier hurried;
    private int files;

    Remover(BooleanSupplier hurried) {
      this.hurried = hurried;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
      makeWritable(dir);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return remove(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return remove(file);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path dir, IOException e) {
      return remove(dir);
    }

    private FileVisitResult remove(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        log.warn("not removed [path: {}, reason: {}]", path, e.toString());
      }
      if (++files % FILES_BETWEEN_RESTS == 0) {
        rest();
      }
      return FileVisitResult.CONTINUE;
    }

    private void rest() {
      if (!hurried.getAsBoolean()) {
        LockSupport.parkNanos(REST_NANOS);
      }
    }
  }
}
