package io.cta.server.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.QueryPage;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was confirmed survives {@code kill -9}, time and again on the same file. */
@Timeout(120)
class SqliteCrashTest {
  private static final int KILLS = 3;
  private static final int LINES = 2_000;

  @TempDir Path directory;

  @Test
  void everyConfirmedWriteIsThereAfterTheWriterWasKilled() throws Exception {
    Path file = directory.resolve("cta.db");
    Map<String, Long> confirmed = new HashMap<>();
    for (int kill = 0; kill < KILLS; kill++) {
      writeAndKill(file, "run" + kill, confirmed);
      Map<String, Long> found = read(file);
      confirmed.forEach(
          (id, version) ->
              assertTrue(found.getOrDefault(id, 0L) >= version, id + " " + version + " is lost"));
    }
    assertTrue(confirmed.size() >= KILLS * LINES / 3, "only " + confirmed.size());
  }

  private static void writeAndKill(Path file, String run, Map<String, Long> confirmed)
      throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                SqliteWriterProcess.class.getName(),
                file.toString(),
                run)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      int lines = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        // the last line may be cut off by the kill
        if (line.matches(run + "-\\d+-\\d+ [12]")) {
          String[] parts = line.split(" ");
          confirmed.merge(parts[0], Long.valueOf(parts[1]), Math::max);
        }
        if (++lines == LINES) {
          // through its handle, which leaves its output open: its last confirmations are in there
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(137, process.exitValue(), "it ended before it was killed");
  }

  private static Map<String, Long> read(Path file) throws Exception {
    Vertx vertx = Vertx.vertx();
    SqliteStore store = new SqliteStore(vertx, SqliteSettings.of(file));
    store.prepare(List.of(SqliteWriterProcess.ROWS)).await(20, TimeUnit.SECONDS);
    Map<String, Long> found = new HashMap<>();
    DocumentQuery query = DocumentQuery.of(SqliteWriterProcess.ROWS, DocumentFilter.ALL, 1_000);
    for (String next = ""; next != null; ) {
      QueryPage<StoredDocument> page = store.find(query).await(20, TimeUnit.SECONDS);
      page.items().forEach(d -> found.put(d.id(), d.version()));
      next = page.next();
      query = query.after(next);
    }
    store.close().await(20, TimeUnit.SECONDS);
    vertx.close().await(20, TimeUnit.SECONDS);
    return found;
  }
}
