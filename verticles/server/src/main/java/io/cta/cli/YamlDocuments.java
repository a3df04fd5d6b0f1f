package io.cta.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads definitions: files, directories of them, or standard input as {@code -}. */
final class YamlDocuments {
  private final List<SourceDocument> documents = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  /** All documents of all places, or a failure that lists every fault found. */
  static List<SourceDocument> read(List<String> places, InputStream stdin) {
    YamlDocuments out = new YamlDocuments();
    places.forEach(place -> out.place(place, stdin));
    if (!out.errors.isEmpty()) {
      throw new CliFailure(ExitCode.FAILED, String.join("\n", out.errors));
    }
    return List.copyOf(out.documents);
  }

  private void place(String place, InputStream stdin) {
    try {
      if (place.equals("-")) {
        text("(stdin)", new String(stdin.readAllBytes(), StandardCharsets.UTF_8));
      } else if (Files.isDirectory(Path.of(place))) {
        try (Stream<Path> files = Files.list(Path.of(place))) {
          for (Path file : files.filter(YamlDocuments::isYaml).sorted().toList()) {
            text(file.toString(), Files.readString(file));
          }
        }
      } else {
        text(place, Files.readString(Path.of(place)));
      }
    } catch (java.nio.file.NoSuchFileException e) {
      errors.add(place + " does not exist");
    } catch (java.nio.charset.MalformedInputException e) {
      errors.add(place + " is not UTF-8 text");
    } catch (IOException e) {
      errors.add(place + " cannot be read: " + e);
    }
  }

  private static boolean isYaml(Path file) {
    return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
  }

  private void text(String file, String text) {
    int number = 0;
    try {
      for (Node node : PlainYaml.reader().composeAll(new StringReader(text))) {
        number++;
        document(file, number, node);
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      errors.add(
          file + ":" + line + ", document " + (number + 1) + ": no valid YAML: " + e.getProblem());
    } catch (YAMLException e) {
      errors.add(file + ": no valid YAML: " + e.getMessage());
    }
  }

  private void document(String file, int number, Node node) {
    Object value = new PlainYaml.Values().of(node);
    if (value == null) {
      return;
    }
    if (!(value instanceof Map<?, ?> map)) {
      int line = node.getStartMark().getLine() + 1;
      errors.add(file + ":" + line + ", document " + number + ": must be fields and values");
      return;
    }
    documents.add(new SourceDocument(file, number, object(map), node));
  }

  private static JsonObject object(Map<?, ?> map) {
    Map<String, Object> out = new LinkedHashMap<>();
    map.forEach((key, value) -> out.put(String.valueOf(key), json(value)));
    return new JsonObject(out);
  }

  private static Object json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return object(map);
    }
    if (value instanceof List<?> list) {
      JsonArray out = new JsonArray();
      list.forEach(item -> out.add(json(item)));
      return out;
    }
    return value;
  }
}
