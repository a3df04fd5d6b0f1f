package io.cta.server.store.sqlite;

import io.cta.json.JsonMapping;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteConfig;

/** A connection and its prepared statements. For one thread at a time. */
final class SqliteSession implements AutoCloseable {
  private static final int STATEMENTS = 256;

  private final Connection connection;
  private final LinkedHashMap<String, PreparedStatement> statements =
      new LinkedHashMap<>(64, 0.75f, true);

  /** Reads one row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Statement<T> {
    T run() throws SQLException;
  }

  private SqliteSession(Connection connection) {
    this.connection = connection;
  }

  static SqliteSession writer(SqliteSettings settings) throws SQLException {
    SQLiteConfig config = config();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(
        switch (settings.synchronous()) {
          case NORMAL -> SQLiteConfig.SynchronousMode.NORMAL;
          case FULL -> SQLiteConfig.SynchronousMode.FULL;
        });
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setCacheSize(-65_536);
    config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, "67108864");
    SqliteSession session =
        new SqliteSession(config.createConnection("jdbc:sqlite:" + settings.file()));
    session.alone("PRAGMA wal_autocheckpoint=4000"); // from here on in transactions
    return session;
  }

  static SqliteSession reader(SqliteSettings settings) throws SQLException {
    SQLiteConfig config = config();
    config.setCacheSize(-16_384);
    SqliteSession session =
        new SqliteSession(config.createConnection("jdbc:sqlite:" + settings.file()));
    session.update("PRAGMA query_only=1", List.of());
    return session;
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(5_000);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    return config;
  }

  /** Returns how many rows it changed. */
  int update(String sql, List<Object> values) throws SQLException {
    PreparedStatement statement = bound(sql, values);
    if (statement.execute()) {
      statement.getResultSet().close();
      return 0;
    }
    return statement.getUpdateCount();
  }

  <T> List<T> query(String sql, List<Object> values, RowReader<T> row) throws SQLException {
    List<T> out = new ArrayList<>();
    try (ResultSet rows = bound(sql, values).executeQuery()) {
      while (rows.next()) {
        out.add(row.read(rows));
      }
    }
    return out;
  }

  /** Runs a statement outside of a transaction. */
  void alone(String sql) throws SQLException {
    alone(() -> update(sql, List.of()));
  }

  /**
   * Copies all of the write-ahead log into the file and empties it; false when a reader prevents
   * that.
   */
  boolean checkpoint() throws SQLException {
    String sql = "PRAGMA wal_checkpoint(TRUNCATE)";
    return alone(() -> query(sql, List.of(), row -> row.getInt(1)).get(0)) == 0;
  }

  private <T> T alone(Statement<T> statement) throws SQLException {
    connection.setAutoCommit(true);
    try {
      return statement.run();
    } finally {
      connection.setAutoCommit(false);
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /** Closes and forgets prepared statements, which would fail after a change of the schema. */
  void forget() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }

  @Override
  public void close() throws SQLException {
    forget();
    connection.close();
  }

  private PreparedStatement bound(String sql, List<Object> values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
      evict();
    }
    for (int i = 0; i < values.size(); i++) {
      bind(statement, i + 1, values.get(i));
    }
    return statement;
  }

  private void evict() throws SQLException {
    if (statements.size() > STATEMENTS) {
      Map.Entry<String, PreparedStatement> oldest = statements.entrySet().iterator().next();
      statements.remove(oldest.getKey());
      oldest.getValue().close();
    }
  }

  private static void bind(PreparedStatement to, int at, Object value) throws SQLException {
    if (value instanceof String text) {
      to.setString(at, text);
    } else if (value instanceof Integer || value instanceof Long) {
      to.setLong(at, ((Number) value).longValue());
    } else if (value instanceof Number number) {
      to.setDouble(at, number.doubleValue());
    } else if (value instanceof Boolean flag) {
      to.setInt(at, flag ? 1 : 0);
    } else if (value instanceof byte[] bytes) {
      to.setBytes(at, bytes);
    } else if (value == null) {
      to.setNull(at, java.sql.Types.NULL);
    } else {
      to.setString(at, JsonMapping.encode(value).toString(StandardCharsets.UTF_8));
    }
  }
}
