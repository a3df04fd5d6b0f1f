package io.cta.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The SQLite file of a server, looked at from outside while the server does nothing. */
final class StoreFile {
  private final Path file;
  private final String synchronous;

  StoreFile(Path data, String synchronous) {
    file = data.resolve("cta.db");
    this.synchronous = synchronous;
  }

  /** Bytes of the file once its write-ahead log is folded into it. */
  long bytes() throws IOException {
    try (BareSqlite sqlite = new BareSqlite(file, synchronous)) {
      sqlite.checkpoint();
      return Files.size(file);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** Bytes that the id and the body of a row of a table have on average. */
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
