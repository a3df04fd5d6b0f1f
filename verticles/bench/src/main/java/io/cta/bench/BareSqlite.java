package io.cta.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** Opens a SQLite file with the settings of the server's store, without a server. */
final class BareSqlite implements AutoCloseable {
  private final Connection connection;

  /**
   * @param synchronous {@code normal} or {@code full}, as SQLite's pragma of that name
   */
  BareSqlite(Path file, String synchronous) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(
        synchronous.equals("full")
            ? SQLiteConfig.SynchronousMode.FULL
            : SQLiteConfig.SynchronousMode.NORMAL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setCacheSize(-65_536);
    config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, "67108864");
    connection = config.createConnection("jdbc:sqlite:" + file);
    run("PRAGMA wal_autocheckpoint=4000");
  }

  /** Executes one statement in a transaction of its own. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Prepares a statement; the caller keeps it and uses it again. */
  PreparedStatement prepared(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Folds the write-ahead log into the file. */
  void checkpoint() throws SQLException {
    run("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
