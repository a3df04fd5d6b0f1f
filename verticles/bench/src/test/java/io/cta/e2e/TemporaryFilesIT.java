package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose temporary directory somebody cleans, or removes, serves the same as before. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TemporaryFilesIT {
  private static final List<String> PAGES =
      List.of("/", "/app.js", "/api", "/api/openapi.yaml", "/styles/", "/favicon.svg");

  @TempDir Path dir;
  private ProcessFleet fleet;
  private Path temporary;

  @BeforeEach
  void start() throws IOException {
    temporary = Files.createDirectory(dir.resolve("tmp"));
    fleet = new ProcessFleet(dir);
    fleet.serverEnv(Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary)).startServers();
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void pagesAndBodiesAreTheSameAfterwards() throws IOException {
    Map<String, String> before = pages();
    assertTrue(before.get("/app.js").startsWith("200 "), before.get("/app.js"));
    for (boolean andItself : new boolean[] {false, true}) {
      clean(andItself);
      assertEquals(before, pages());
      largeBody();
    }
  }

  private Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    for (String page : PAGES) {
      var answer = fleet.api.send("GET", page, null);
      pages.put(page, answer.statusCode() + " " + answer.body());
    }
    return pages;
  }

  private void largeBody() {
    JsonArray stages = new JsonArray();
    stages.add(new JsonObject().put("run", "true # " + "x".repeat(60_000)));
    fleet.api.apply(
        new JsonObject().put("kind", "Test").put("name", "large").put("stages", stages));
  }

  private void clean(boolean andItself) throws IOException {
    try (Stream<Path> all = Files.walk(temporary)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (andItself || !path.equals(temporary)) {
          Files.delete(path);
        }
      }
    }
  }
}
