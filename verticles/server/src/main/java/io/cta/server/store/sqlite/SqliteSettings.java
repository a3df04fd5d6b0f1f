package io.cta.server.store.sqlite;

import java.nio.file.Path;

/**
 * Where and how the embedded store keeps its data.
 *
 * @param readers threads, and connections, that read
 * @param queue requests that may wait for the writer, and again for the readers; more are refused
 */
public record SqliteSettings(Path file, Synchronous synchronous, int readers, int queue) {
  /** What a confirmed write survives. */
  public enum Synchronous {
    /** The death of the process. */
    NORMAL,
    /** The loss of power, too; each group of writes waits for the disk. */
    FULL
  }

  public static SqliteSettings of(Path file) {
    return new SqliteSettings(file, Synchronous.NORMAL, 2, 8192);
  }

  public SqliteSettings withSynchronous(Synchronous value) {
    return new SqliteSettings(file, value, readers, queue);
  }

  public SqliteSettings withQueue(int value) {
    return new SqliteSettings(file, synchronous, readers, value);
  }
}
