package io.cta.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** Reads pages of statuses from a server's file with bare SQLite, while no server runs. */
final class BareSqliteQueries {
  private static final String NAME = "bare SQLite: 100 statuses of {id}, their bodies";
  private static final String EXECUTIONS = "SELECT id FROM executions";
  private static final String STATUSES =
      "SELECT body FROM statuses WHERE \"f.executionId\"=? ORDER BY id LIMIT 100";

  private BareSqliteQueries() {}

  static QueryResult measure(Path data, int warmUp, int times, Random random) throws IOException {
    try (BareSqlite sqlite = new BareSqlite(data.resolve("cta.db"), "normal");
        PreparedStatement statuses = sqlite.prepared(STATUSES)) {
      List<String> executions = executions(sqlite);
      Histogram nanos = new Histogram(3);
      long items = 0;
      for (int i = -warmUp; i < times; i++) {
        statuses.setString(1, executions.get(random.nextInt(executions.size())));
        long begin = System.nanoTime();
        int count = read(statuses);
        if (i >= 0) {
          nanos.recordValue(System.nanoTime() - begin);
          items += count;
        }
      }
      return QueryResult.of(NAME, (double) items / times, nanos);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static int read(PreparedStatement statuses) throws SQLException {
    int count = 0;
    try (ResultSet rows = statuses.executeQuery()) {
      while (rows.next()) {
        count += rows.getBytes(1).length > 0 ? 1 : 0;
      }
    }
    return count;
  }

  private static List<String> executions(BareSqlite sqlite) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet rows = sqlite.prepared(EXECUTIONS).executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }
}
