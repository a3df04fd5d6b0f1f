package io.cta.disk;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The free space on the disk of a directory.
 *
 * @param free bytes that this user may still write
 * @param total bytes of the disk; 0 when the platform does not say
 */
public record DiskSpace(Path dir, long free, long total) {
  /** Unless the operator sets a minimum, it is a twentieth of the disk, but not more than this. */
  private static final long MAX_DEFAULT_MIN_BYTES = 512L << 20;

  private static final int DEFAULT_MIN_PART = 20;

  /** Measures it now. Asks the operating system, which may block for a moment. */
  public static DiskSpace of(Path dir) {
    File file = dir.toFile();
    return new DiskSpace(dir, file.getUsableSpace(), file.getTotalSpace());
  }

  /**
   * @param minBytes bytes below which it is low, or 0 for a twentieth of the disk, at most 512 MB
   */
  public boolean low(long minBytes) {
    long least =
        minBytes > 0 ? minBytes : Math.min(MAX_DEFAULT_MIN_BYTES, total / DEFAULT_MIN_PART);
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
