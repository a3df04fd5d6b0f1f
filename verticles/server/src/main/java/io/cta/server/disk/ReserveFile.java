package io.cta.server.disk;

import io.cta.disk.DiskSpace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is there to be deleted: its room lets results in when nothing else has any. Threads
 * that may block, one at a time.
 */
public final class ReserveFile {
  private static final long MOST = 64L << 20;
  private static final int PART = 50;
  private static final int BLOCK = 64 * 1024;
  private static final String FILE = "reserve";

  private final Path file;

  public ReserveFile(Path dir) {
    file = dir.resolve(FILE);
  }

  /** Deletes it; answers whether there was one. */
  public boolean giveUp() throws IOException {
    return Files.deleteIfExists(file);
  }

  /** Makes it, of a fiftieth of the disk, at most 64 MB, where that leaves the disk not low. */
  void make(DiskSpace room) throws IOException {
    long size = Math.min(MOST, room.total() / PART);
    if (Files.exists(file)
        || new DiskSpace(room.dir(), room.free() - 2 * size, room.total()).low(0)) {
      return;
    }
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long written = 0; written < size; written += BLOCK) {
        out.write(block);
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
