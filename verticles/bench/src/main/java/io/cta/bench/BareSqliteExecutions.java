package io.cta.bench;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes into bare SQLite the least that an execution has to write: 8 statements with 2.9 KB of
 * bodies. Puts 18 executions into a transaction, because that many come together in the server when
 * 100 are in flight.
 */
final class BareSqliteExecutions {
  private static final int EXECUTIONS_PER_TRANSACTION = 18;

  /** One statement: the table, the size of the body, and whether it inserts or updates the row. */
  private record Step(String table, int bytes, boolean insert) {
    String sql() {
      return insert
          ? "INSERT INTO " + table + "(body,id) VALUES(?,?)"
          : "UPDATE " + table + " SET body=? WHERE id=?";
    }
  }

  /** What an execution writes at its request, release, start, and end with one status. */
  private static final List<Step> STEPS =
      List.of(
          new Step("keys", 100, true),
          new Step("executions", 420, true),
          new Step("tasks", 400, true),
          new Step("tasks", 420, false),
          new Step("tasks", 430, false),
          new Step("statuses", 360, true),
          new Step("tasks", 400, false),
          new Step("executions", 400, false));

  private final BareSqlite sqlite;
  private final List<PreparedStatement> statements = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();
  private long number;

  BareSqliteExecutions(BareSqlite sqlite) throws SQLException {
    this.sqlite = sqlite;
    for (String table : List.of("keys", "executions", "tasks", "statuses")) {
      sqlite.run("CREATE TABLE " + table + "(id TEXT PRIMARY KEY, body BLOB)");
    }
    for (Step step : STEPS) {
      statements.add(sqlite.prepared(step.sql()));
      bodies.add("b".repeat(step.bytes()).getBytes(StandardCharsets.UTF_8));
    }
  }

  void write(int executions) {
    try {
      for (int done = 0; done < executions; done += EXECUTIONS_PER_TRANSACTION) {
        transaction(Math.min(EXECUTIONS_PER_TRANSACTION, executions - done));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void transaction(int executions) throws SQLException {
    long first = number;
    sqlite.begin();
    for (int step = 0; step < STEPS.size(); step++) {
      PreparedStatement statement = statements.get(step);
      for (int i = 0; i < executions; i++) {
        statement.setBytes(1, bodies.get(step));
        // as long as a ULID
        statement.setString(2, String.format(Locale.ROOT, "01BENCH%019d", first + i));
        statement.executeUpdate();
      }
    }
    number = first + executions;
    sqlite.commit();
  }
}
