package io.cta.server.disk;

import io.cta.disk.DiskSpace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reserves disk space by a file that is deleted when the disk is full, so that results can still be
 * stored. Blocking; one thread at a time.
 */
public final class ReserveFile {
  private static final long MAX_BYTES = 64L << 20;
  private static final int DISK_DIVISOR = 50;
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final String FILE = "reserve";

  private final Path file;

  public ReserveFile(Path dir) {
    file = dir.resolve(FILE);
  }

  /** Deletes the file; answers whether it existed. */
  public boolean giveUp() throws IOException {
    return Files.deleteIfExists(file);
  }

  /** Creates the file, a fiftieth of the disk, at most 64 MB, unless the disk would become low. */
  void make(DiskSpace space) throws IOException {
    long size = Math.min(MAX_BYTES, space.total() / DISK_DIVISOR);
    if (Files.exists(file)
        || new DiskSpace(space.dir(), space.free() - 2 * size, space.total()).low(0)) {
      return;
    }
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long written = 0; written < size; written += BLOCK_BYTES) {
        out.write(block);
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
