package io.cta.disk;

import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;

/**
 * Recognises failures of a full disk by their messages, because Java has no exception for it. Pure.
 */
public final class DiskFullDetector {
  /** The systems' messages for ENOSPC, EDQUOT and ERROR_DISK_FULL, and SQLite's own. */
  private static final List<String> MESSAGES =
      List.of(
          "no space left on device",
          "disk quota exceeded",
          "not enough space on the disk",
          "database or disk is full");

  private static final int MAX_CAUSES = 20;

  private DiskFullDetector() {}

  /** Whether the failure, or one of its causes, is a disk without free space or inodes. */
  public static boolean is(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      String reason = cause instanceof FileSystemException known ? known.getReason() : null;
      if (cause instanceof DiskLowFailure || saysFull(cause.getMessage()) || saysFull(reason)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean saysFull(String text) {
    return text != null && MESSAGES.stream().anyMatch(text.toLowerCase(Locale.ROOT)::contains);
  }
}
