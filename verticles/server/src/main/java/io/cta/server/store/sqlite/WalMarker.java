package io.cta.server.store.sqlite;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A mark in the header of the database that says whether its write-ahead log has something that the
 * file itself lacks. It tells a copy of the file alone, which may lack everything ever written,
 * from a complete copy. The mark is SQLite's own {@code user_version}, at byte 60 of the file
 * (https://www.sqlite.org/fileformat2.html#the_database_header). For the writer's thread.
 */
final class WalMarker {
  private static final int MARK_OFFSET_BYTES = 60;
  private static final int HEADER_BYTES = 100;
  private static final int LOG_HAS_MORE = 0x4354_4101;

  private final Path file;
  private boolean set;

  WalMarker(Path file) {
    this.file = file;
  }

  /** Refuses a file that is marked but has no log beside it. */
  void check() {
    try {
      if (marked() && Files.notExists(log())) {
        throw new ServiceFailure(
            ErrorCode.UNAVAILABLE,
            file
                + " is not whole: "
                + log().getFileName()
                + ", which was beside it, is missing. Copy both, or all of the directory of a server"
                + " that was stopped. If the log is lost for good, an empty file of that name has the"
                + " server start with what is left");
      }
    } catch (IOException e) {
      throw new ServiceFailure(ErrorCode.UNAVAILABLE, "the store cannot be read: " + e);
    }
  }

  /** Marks that the log has more than the file from now on. Outside of a transaction. */
  void set(SqliteSession session) throws SQLException {
    if (!set) {
      session.alone("PRAGMA user_version=" + LOG_HAS_MORE);
      session.alone("PRAGMA wal_checkpoint(PASSIVE)");
      set = true;
    }
  }

  /**
   * Copies the log into the file, and clears the mark when all of it was copied. Outside of a
   * transaction.
   */
  void clear(SqliteSession session) throws SQLException {
    if (set && session.checkpoint()) {
      session.alone("PRAGMA user_version=0");
      set = !session.checkpoint();
    }
  }

  private boolean marked() throws IOException {
    if (Files.notExists(file) || Files.size(file) < HEADER_BYTES) {
      return false;
    }
    try (RandomAccessFile head = new RandomAccessFile(file.toFile(), "r")) {
      head.seek(MARK_OFFSET_BYTES);
      return head.readInt() == LOG_HAS_MORE;
    }
  }

  private Path log() {
    return file.resolveSibling(file.getFileName() + "-wal");
  }
}
