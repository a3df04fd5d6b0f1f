package io.cta.server.store.sqlite;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Keeps other users and a second server away from the file: two servers would each believe that
 * they alone decide. The lock ends with the process, however that ends. For the writer's thread
 * only.
 */
final class StoreFileLock {
  private final Path file;
  private FileChannel channel;

  StoreFileLock(Path file) {
    this.file = file;
  }

  void acquire() {
    if (channel != null) {
      return;
    }
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel opened =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(opened)) {
        forOwnerOnly();
        channel = opened;
        return;
      }
      opened.close();
    } catch (IOException e) {
      throw new ServiceFailure(
          ErrorCode.UNAVAILABLE, "the store cannot be opened in " + file + ": " + e);
    }
    throw new ServiceFailure(
        ErrorCode.UNAVAILABLE, "the store " + file + " is in use by another server");
  }

  void release() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // the lock ends with the process at the latest
    }
    channel = null;
  }

  /**
   * Creates the file for its owner only, because it holds session keys and digests of tokens;
   * SQLite gives its other files the same permissions.
   */
  private void forOwnerOnly() throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix && Files.notExists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  private static boolean locked(FileChannel opened) throws IOException {
    try {
      return opened.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
