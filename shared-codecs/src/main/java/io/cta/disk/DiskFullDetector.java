package io.cta.disk;

import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;

/**
 * Tells a full disk from other failures, by the platform's own words: Java has no exception of its
 * own for it. Pure.
 */
public final class DiskFullDetector {
  /** ENOSPC, EDQUOT and ERROR_DISK_FULL as their systems put them, and SQLite's of its own. */
  private static final List<String> WORDS =
      List.of(
          "no space left on device",
          "disk quota exceeded",
          "not enough space on the disk",
          "database or disk is full");

  private static final int MOST_CAUSES = 20;

  private DiskFullDetector() {}

  /** Whether the failure, or what caused it, is a disk that has no room, or no inode. */
  public static boolean is(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      String reason = cause instanceof FileSystemException known ? known.getReason() : null;
      if (cause instanceof DiskLowFailure || said(cause.getMessage()) || said(reason)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean said(String text) {
    return text != null && WORDS.stream().anyMatch(text.toLowerCase(Locale.ROOT)::contains);
  }
}
