package io.cta.bench;

import io.cta.bench.process.FigureSet;
import io.cta.bench.process.ProcessReader;
import io.cta.bench.process.ProcessUsage;
import io.cta.message.StatusBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** Writes rows as large as statuses into one table of bare SQLite, a batch in each transaction. */
final class BareSqliteRows {
  private static final String NAME = "bare SQLite, one table of such rows: ";
  private static final int ID_LENGTH = 34;

  private BareSqliteRows() {}

  /** Writes the rows twice and measures the second time. */
  static void measure(FigureSet figureSet, Path file, String synchronous, int rows, long bytes)
      throws IOException {
    Files.createDirectories(file.getParent());
    try (BareSqlite sqlite = new BareSqlite(file, synchronous)) {
      sqlite.run("CREATE TABLE statuses(id TEXT PRIMARY KEY, body TEXT)");
      write(sqlite, 0, rows, bytes);
      sqlite.checkpoint();
      long size = Files.size(file);
      Optional<ProcessUsage> before = ProcessReader.own().usage();
      long begin = System.nanoTime();
      write(sqlite, rows, rows, bytes);
      figureSet.put(NAME + "per second", rows * 1e9 / (System.nanoTime() - begin));
      Optional<ProcessUsage> after = ProcessReader.own().usage();
      if (before.isPresent() && after.isPresent()) {
        double millis = after.get().since(before.get()).times().withoutCompiler();
        figureSet.put(NAME + "processor, ms", millis / rows);
      }
      sqlite.checkpoint();
      figureSet.put(NAME + "bytes each", (double) (Files.size(file) - size) / rows);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static void write(BareSqlite sqlite, int first, int rows, long bytes)
      throws SQLException {
    String body = "b".repeat((int) Math.max(0, bytes - ID_LENGTH));
    byte[] text = body.getBytes(StandardCharsets.UTF_8);
    try (PreparedStatement insert = sqlite.prepared("INSERT INTO statuses VALUES(?,?)")) {
      for (int done = 0; done < rows; done += StatusBatch.MAX) {
        sqlite.begin();
        for (int i = done; i < Math.min(rows, done + StatusBatch.MAX); i++) {
          insert.setString(
              1, String.format(Locale.ROOT, "01BENCH%0" + (ID_LENGTH - 7) + "d", first + i));
          insert.setBytes(2, text);
          insert.executeUpdate();
        }
        sqlite.commit();
      }
    }
  }
}
