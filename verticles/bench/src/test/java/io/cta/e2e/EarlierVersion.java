package io.cta.e2e;

import io.cta.bench.fleet.ShippedJars;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What the jars of an earlier commit left when they were killed: the data directories of a server
 * and of agents, and what that server's API had said just before.
 */
final class EarlierVersion {
  private static final Path FILES =
      ShippedJars.source("verticles/bench/src/test/resources/takeover");

  private final Path zip;
  private final JsonObject said;

  EarlierVersion(String commit) {
    zip = FILES.resolve(commit + ".zip");
    try {
      said = new JsonObject(Files.readString(FILES.resolve(commit + ".json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the data directories below a directory, each with the name of its process. */
  void unpack(Path dir) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path path = dir.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(file.getInputStream(entry), path);
        }
      }
    }
  }

  /** What the API answered, by id. */
  JsonObject said(String kind) {
    return said.getJsonObject(kind);
  }

  /** A token of the API. */
  String token() {
    return said.getString("token");
  }

  /** The one execution of a scenario that was no repetition. */
  String executionOf(String scenario) {
    return said("executions").stream()
        .map(entry -> (JsonObject) entry.getValue())
        .filter(e -> scenario.equals(e.getString("scenarioName")) && !e.containsKey("rerunOf"))
        .map(e -> e.getString("id"))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Where an answer of today is not what was said then. Fields that are new today are none; fields
   * named in {@code passing} are not compared at the top.
   */
  static List<String> differences(JsonObject then, JsonObject now, String... passing) {
    List<String> out = new ArrayList<>();
    JsonObject expected = then.copy();
    List.of(passing).forEach(expected::remove);
    compare(then.getString("id"), expected, now, out);
    return out;
  }

  private static void compare(String where, Object then, Object now, List<String> out) {
    if (then instanceof JsonObject object && now instanceof JsonObject other) {
      object.forEach(
          entry ->
              compare(
                  where + "." + entry.getKey(),
                  entry.getValue(),
                  other.getValue(entry.getKey()),
                  out));
    } else if (then instanceof JsonArray array
        && now instanceof JsonArray other
        && array.size() == other.size()) {
      for (int i = 0; i < array.size(); i++) {
        compare(where + "[" + i + "]", array.getValue(i), other.getValue(i), out);
      }
    } else if (!Objects.equals(then, now)) {
      out.add(where + ": was " + then + ", is " + now);
    }
  }
}
