package io.cta.disk;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The room on the disk of a directory.
 *
 * @param free bytes that this user may still write
 * @param total bytes of the disk; 0 when the platform does not say
 */
public record DiskSpace(Path dir, long free, long total) {
  /**
   * What is low unless the operator says otherwise: a twentieth of the disk, and no more than this.
   */
  private static final long MOST_MARK = 512L << 20;

  private static final int PART = 20;

  /** As it is now. Asks the system, which may block for a moment. */
  public static DiskSpace of(Path dir) {
    File file = dir.toFile();
    return new DiskSpace(dir, file.getUsableSpace(), file.getTotalSpace());
  }

  /**
   * @param mark bytes below which it is low, or 0 for a twentieth of the disk, at most 512 MB
   */
  public boolean low(long mark) {
    long least = mark > 0 ? mark : Math.min(MOST_MARK, total / PART);
    return total > 0 && free < least;
  }

  /** For people, such as {@code disk low: 3 MB of 8 MB free in /data}. */
  public String text() {
    return "disk low: " + freeOfTotal() + " free in " + dir;
  }

  /** Such as {@code 3 MB of 8 MB}. */
  public String freeOfTotal() {
    return size(free) + " of " + size(total);
  }

  private static String size(long bytes) {
    if (bytes >= 10L << 30) {
      return (bytes >> 30) + " GB";
    }
    return bytes >= 1 << 20
        ? (bytes >> 20) + " MB"
        : String.format(Locale.ROOT, "%d KB", bytes >> 10);
  }
}
