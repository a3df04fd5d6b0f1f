package io.cta.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the SQLite file of a server from outside, while the server is idle. */
final class StoreFile {
  private final Path file;
  private final String synchronous;

  StoreFile(Path data, String synchronous) {
    file = data.resolve("cta.db");
    this.synchronous = synchronous;
  }

  /** Folds the write-ahead log into the file and returns the file's size in bytes. */
  long bytes() throws IOException {
    try (BareSqlite sqlite = new BareSqlite(file, synchronous)) {
      sqlite.checkpoint();
      return Files.size(file);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** Returns the average bytes of id and body together in a row of the table. */
  long rowBytes(String table) throws IOException {
    String sql = "SELECT avg(length(CAST(id AS BLOB)) + length(CAST(body AS BLOB))) FROM " + table;
    try (BareSqlite sqlite = new BareSqlite(file, synchronous);
        ResultSet row = sqlite.prepared(sql).executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
