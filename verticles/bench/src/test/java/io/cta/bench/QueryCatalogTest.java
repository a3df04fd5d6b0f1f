package io.cta.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is asked of a full store is what the contract offers. */
class QueryCatalogTest {
  private static final Pattern PATH = Pattern.compile("^ {2}/(\\S+):$");
  private static final Pattern PARAMETER = Pattern.compile("name: (\\w+), in: query");
  private static final SeededKind KIND = new SeededKind(List.of("1"), List.of("one"));
  private static final SeededStore STORE =
      new SeededStore(KIND, KIND, KIND, KIND, KIND, KIND, KIND, KIND, KIND);
  private static final SeededPages PAGES =
      new SeededPages(List.of("e"), List.of("next"), List.of(new SeededRun("e", "t", "m", "next")));

  private final List<QueryShape> catalog = QueryCatalog.of(STORE, PAGES);

  @Test
  void every_list_is_asked_for_with_each_of_its_filters() throws IOException {
    Set<String> asked =
        catalog.stream().flatMap(shape -> parameters(shape.name())).collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>(offered());
    assertTrue(missing.size() > 40, "the contract was not read: " + missing);
    missing.removeAll(asked);
    assertEquals(Set.of(), missing);
  }

  @Test
  void each_query_has_a_name_of_its_own_and_a_path() {
    assertEquals(catalog.size(), catalog.stream().map(QueryShape::name).distinct().count());
    for (QueryShape shape : catalog) {
      String path = shape.path().apply(new Random(1));
      String list = shape.name().split("[?{]")[0];
      assertTrue(path.startsWith(list) && !path.contains("{"), shape.name() + " asks " + path);
    }
  }

  /** Each list, and each list with one parameter, as {@code path} and {@code path?name}. */
  private static Set<String> offered() throws IOException {
    Set<String> offered = new TreeSet<>();
    for (String area :
        List.of(
            "executions",
            "artifacts",
            "machines",
            "tests",
            "suites",
            "scenarios",
            "schedules",
            "channels",
            "people",
            "tokens")) {
      String path = null;
      boolean list = false;
      for (String line : contract(area)) {
        Matcher next = PATH.matcher(line);
        if (next.matches()) {
          path = next.group(1);
        } else if (line.matches(" {4}\\w+:")) {
          list = false;
        } else if (line.contains("parameters/Limit")) {
          list = true;
          offered.add(path);
        }
        Matcher parameter = PARAMETER.matcher(line);
        if (list && parameter.find()) {
          offered.add(path + "?" + parameter.group(1));
        } else if (list && line.contains("parameters/After") && below(path)) {
          offered.add(path + "?after");
        } else if (list && line.contains("parameters/Prefix")) {
          offered.add(path + "?prefix");
        }
      }
    }
    return offered;
  }

  /** Lists that grow with what was run have pages that matter. */
  private static boolean below(String path) {
    return path.equals("executions") || path.endsWith("/statuses");
  }

  private static Stream<String> parameters(String name) {
    String[] parts = name.split("\\?");
    return parts.length == 1
        ? Stream.of(name)
        : Stream.of(parts[1].split("&")).map(p -> parts[0] + "?" + p.split("=")[0]);
  }

  private static List<String> contract(String area) throws IOException {
    try (InputStream in =
        QueryCatalogTest.class.getResourceAsStream("/openapi/" + area + ".yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
