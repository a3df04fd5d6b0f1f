package io.cta.agent.fetch;

import io.cta.disk.DiskLowFailure;
import io.cta.disk.DiskSpace;
import java.nio.file.Path;

/**
 * Stops what writes much before the disk is full, for the sake of all else on the machine. One
 * thread at a time.
 */
final class DiskReserve {
  private static final long STEP_BYTES = 16L << 20;

  private final Path dir;
  private final long minFreeBytes;
  private long unchecked = STEP_BYTES;

  /**
   * @param dir on the disk that is written to
   * @param minFreeBytes to be left; 0 for a twentieth of the disk, at most 512 MB
   */
  DiskReserve(Path dir, long minFreeBytes) {
    this.dir = dir;
    this.minFreeBytes = minFreeBytes;
  }

  /** Called before bytes are written; asks the system once for every 16 MB. */
  void take(long bytes) throws DiskLowFailure {
    unchecked += bytes;
    if (unchecked >= STEP_BYTES) {
      unchecked = 0;
      DiskSpace space = DiskSpace.of(dir);
      if (space.low(minFreeBytes)) {
        throw new DiskLowFailure(space.text());
      }
    }
  }
}
