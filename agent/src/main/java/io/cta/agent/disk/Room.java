package io.cta.agent.disk;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The room on the disk of a directory.
 *
 * @param free bytes that this user may still write
 * @param total bytes of the disk; 0 when the platform does not say
 */
record Room(Path dir, long free, long total) {
  /**
   * What is low unless the operator says otherwise: a twentieth of the disk, and no more than this.
   */
  private static final long MOST_MARK = 512L << 20;

  private static final int PART = 20;

  /**
   * @param mark bytes below which it is low, or 0 for a twentieth of the disk, at most 512 MB
   */
  boolean low(long mark) {
    long least = mark > 0 ? mark : Math.min(MOST_MARK, total / PART);
    return total > 0 && free < least;
  }

  /** For people, such as {@code disk low: 3 MB of 8 MB free in /data}. */
  String text() {
    return "disk low: " + size(free) + " of " + size(total) + " free in " + dir;
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
