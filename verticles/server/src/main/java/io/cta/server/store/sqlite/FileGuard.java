package io.cta.server.store.sqlite;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second server away from the same file: two would each believe that they alone decide. The
 * lock ends with the process, however that ends. For the writer's thread only.
 */
final class FileGuard {
  private final Path file;
  private FileChannel channel;

  FileGuard(Path file) {
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

  private static boolean locked(FileChannel opened) throws IOException {
    try {
      return opened.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
