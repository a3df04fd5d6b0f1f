package io.cta.server.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The server's data directory, locked by one server at a time. Blocking: main thread only. */
final class DataDirectory implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Creates the directory if missing and locks it; throws IOException when it is locked. */
  static DataDirectory open(Path dir) throws IOException {
    Files.createDirectories(dir);
    FileChannel channel =
        FileChannel.open(dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DataDirectory(channel, lock);
      }
    } catch (OverlappingFileLockException e) {
      // this JVM holds the lock: the error below fits too
    }
    channel.close();
    throw new IOException("another server works in the data directory " + dir);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
