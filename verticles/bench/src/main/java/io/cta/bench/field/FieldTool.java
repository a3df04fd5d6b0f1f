package io.cta.bench.field;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A tool with its suites.
 *
 * @param dir directory with {@code prepare.sh}, {@code tool.properties}, and a script for each
 *     suite
 */
record FieldTool(String name, Path dir, Properties properties, List<String> suites) {
  private static final String PREPARE = "prepare";

  static FieldTool read(Path dir) {
    try (Reader in = Files.newBufferedReader(dir.resolve("tool.properties"));
        Stream<Path> files = Files.list(dir)) {
      Properties properties = new Properties();
      properties.load(in);
      List<String> suites =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".sh"))
              .map(file -> file.substring(0, file.length() - 3))
              .filter(suite -> !suite.equals(PREPARE))
              .sorted()
              .toList();
      return new FieldTool(dir.getFileName().toString(), dir, properties, suites);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the definitions to apply: one test for each suite, in parallel. */
  List<JsonObject> definitions(Path tools) {
    String scenario = "field-" + name;
    JsonArray tests = new JsonArray();
    suites.forEach(suite -> tests.add(test(suite, tools)));
    JsonObject input =
        new JsonObject().put("type", "local").put("path", dir.toAbsolutePath().toString());
    return List.of(
        new JsonObject()
            .put("kind", "TestSuite")
            .put("name", scenario)
            .put("inputs", new JsonArray().add(input))
            .put("tests", tests),
        new JsonObject().put("kind", "Configuration").put("name", scenario).put("mode", "parallel"),
        new JsonObject()
            .put("kind", "Scenario")
            .put("name", scenario)
            .put("suite", scenario)
            .put("configuration", scenario)
            .put("timeouts", new JsonObject().put("pending", "10m").put("running", "10m")));
  }

  private JsonObject test(String suite, Path tools) {
    JsonObject stage = new JsonObject().put("run", "sh -e ./" + suite + ".sh");
    return new JsonObject()
        .put("name", suite)
        .put("env", new JsonObject().put("TOOLS", tools.toString()))
        .put("stages", new JsonArray().add(stage))
        .put(
            "report",
            new JsonObject()
                .put(
                    properties.getProperty("report"),
                    suite + ".report/" + properties.getProperty("files")));
  }
}
