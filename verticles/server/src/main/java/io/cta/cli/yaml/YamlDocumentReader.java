package io.cta.cli.yaml;

import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads definitions from files, directories of them, or standard input as {@code -}. */
public final class YamlDocumentReader {
  private static final int MAX_BYTES = YamlScalarResolver.MAX_CHARACTERS;

  private final List<SourceDocument> documents = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  /** Returns all documents of all places, or fails with a list of every fault found. */
  public static List<SourceDocument> read(List<String> places, InputStream stdin) {
    YamlDocumentReader out = new YamlDocumentReader();
    places.forEach(place -> out.place(place, stdin));
    if (!out.errors.isEmpty()) {
      throw new CliFailure(ExitCode.FAILED, String.join("\n", out.errors));
    }
    return List.copyOf(out.documents);
  }

  private void place(String place, InputStream stdin) {
    try {
      if (place.equals("-")) {
        byte[] bytes = stdin.readNBytes(MAX_BYTES + 1);
        text("(stdin)", bytes.length, new String(bytes, StandardCharsets.UTF_8));
      } else if (Files.isDirectory(Path.of(place))) {
        try (Stream<Path> files = Files.list(Path.of(place))) {
          files.filter(YamlDocumentReader::isYaml).sorted().forEach(this::file);
        }
      } else {
        file(Path.of(place));
      }
    } catch (IOException e) {
      errors.add(place + " cannot be read: " + e);
    }
  }

  private void file(Path file) {
    try {
      long size = Files.size(file);
      text(file.toString(), size, size > MAX_BYTES ? "" : Files.readString(file));
    } catch (NoSuchFileException e) {
      errors.add(file + " does not exist");
    } catch (MalformedInputException e) {
      errors.add(file + " is not UTF-8 text");
    } catch (IOException e) {
      errors.add(file + " cannot be read: " + e);
    }
  }

  private static boolean isYaml(Path file) {
    return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
  }

  private void text(String file, long size, String text) {
    if (size > MAX_BYTES) {
      errors.add(file + " is larger than " + (MAX_BYTES >> 20) + " MB");
      return;
    }
    int number = 0;
    try {
      for (Node node : YamlScalarResolver.reader().composeAll(new StringReader(text))) {
        number++;
        document(file, number, node);
      }
    } catch (YAMLException e) {
      errors.add(invalid(file, number + 1, e));
    } catch (StackOverflowError | RuntimeException e) {
      errors.add(file + ", document " + (number + 1) + ": no valid YAML: " + e);
    }
  }

  private void document(String file, int number, Node node) {
    String place = place(file, number, node);
    try {
      new YamlExpansionCheck().check(node);
      Object value = new YamlScalarResolver.ValueConstructor().of(node);
      if (value instanceof Map<?, ?> map) {
        documents.add(new SourceDocument(file, number, YamlJsonConverter.object(map), node));
      } else if (value != null) {
        errors.add(place + "must be fields and values");
      }
    } catch (YAMLException e) {
      errors.add(invalid(file, number, e));
    } catch (YamlExpansionCheck.LimitExceeded e) {
      errors.add(place(file, number, e.at) + e.getMessage());
    }
  }

  private static String place(String file, int number, Node node) {
    return file + ":" + (node.getStartMark().getLine() + 1) + ", document " + number + ": ";
  }

  private static String invalid(String file, int number, YAMLException e) {
    String line = "";
    String problem = e.getMessage();
    if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      line = ":" + (marked.getProblemMark().getLine() + 1);
      problem = marked.getProblem();
    }
    String first = problem == null ? "?" : problem.lines().findFirst().orElse("?");
    return file + line + ", document " + number + ": no valid YAML: " + first;
  }
}
