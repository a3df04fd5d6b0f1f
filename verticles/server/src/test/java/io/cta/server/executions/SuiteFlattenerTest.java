package io.cta.server.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.TestSuite;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a suite becomes a flat list of tests. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SuiteFlattenerTest {
  private final Map<String, TestSuite> suites = new HashMap<>();
  private final Map<String, io.cta.domain.Test> tests = new HashMap<>();

  @Test
  void testsKeepTheirOrderAndGetTheirPathAsId() {
    tests.put(
        "stored", JsonMapping.fromObject(new JsonObject(test("stored")), io.cta.domain.Test.class));
    suites.put("inner", suite("inner", test("a"), "{\"suite\":\"deep\"}"));
    suites.put("deep", suite("deep", test("a")));
    TestSuite root =
        suite("root", test("a"), "{\"suite\":\"inner\"}", "{\"ref\":\"stored\"}", test("z"));
    assertEquals(List.of("a", "inner/a", "inner/deep/a", "stored", "z"), ids(root));
  }

  @Test
  void disabledTestsAreLeftOutEvenWithoutStages() {
    TestSuite root = suite("root", test("a"), "{\"name\":\"off\",\"enabled\":false}");
    assertEquals(List.of("a"), ids(root));
  }

  @Test
  void inputsOfNestedSuitesAreIncludedOnce() {
    suites.put("inner", withInput(suite("inner", test("b")), "lib"));
    TestSuite root = withInput(suite("root", test("a"), "{\"suite\":\"inner\"}"), "lib");
    assertEquals(1, SuiteFlattener.flatten(root, catalog()).inputs().size());
    suites.put("inner", withInput(suites.get("inner"), "other"));
    assertEquals(2, SuiteFlattener.flatten(root, catalog()).inputs().size());
  }

  @Test
  void stagesGetTheShellOfTheNearestSuiteThatSetsOne() {
    tests.put(
        "stored", JsonMapping.fromObject(new JsonObject(test("stored")), io.cta.domain.Test.class));
    suites.put("inner", suite("inner", test("b"), "{\"ref\":\"stored\"}"));
    suites.put("own", withShell(suite("own", test("c")), "sh"));
    TestSuite root = suite("root", test("a"), "{\"suite\":\"inner\"}", "{\"suite\":\"own\"}");
    assertEquals("[null, null, null, SH]", shells(root));
    assertEquals("[PYTHON, PYTHON, PYTHON, SH]", shells(withShell(root, "python")));
    assertEquals("tests[0].stages", fault(withShell(root, "none")));
  }

  private String shells(TestSuite root) {
    return SuiteFlattener.flatten(root, catalog()).tests().stream()
        .map(test -> test.stages().get(0).shell())
        .toList()
        .toString();
  }

  private static TestSuite withShell(TestSuite suite, String shell) {
    return JsonMapping.fromObject(JsonMapping.toObject(suite).put("shell", shell), TestSuite.class);
  }

  @Test
  void errorsNameTheEntryOfTheOuterSuite() {
    assertEquals("tests[1].ref", fault(suite("root", test("a"), "{\"ref\":\"none\"}")));
    assertEquals("tests[0].suite", fault(suite("root", "{\"suite\":\"none\"}")));
    assertEquals("tests[1].name", fault(suite("root", test("a"), test("a"))));
    assertEquals("tests[0].stages", fault(suite("root", "{\"name\":\"empty\"}")));
    suites.put("inner", suite("inner", test("ok"), "{\"ref\":\"none\"}"));
    assertTrue(fault(suite("root", test("a"), "{\"suite\":\"inner\"}")).startsWith("tests[1]"));
  }

  @Test
  void circlesOfAnyLengthAreRefused() {
    suites.put("b", suite("b", "{\"suite\":\"c\"}"));
    suites.put("c", suite("c", "{\"suite\":\"a\"}"));
    TestSuite a = suite("a", "{\"suite\":\"b\"}");
    suites.put("a", a);
    ServiceFailure failure =
        assertThrows(ServiceFailure.class, () -> SuiteFlattener.flatten(a, catalog()));
    assertTrue(failure.getMessage().contains("a > b > c > a"), failure.getMessage());
  }

  @Test
  void tooManyNestedEmptySuitesAreRefused() {
    for (int i = 0; i < 30; i++) {
      String next = "{\"suite\":\"s" + (i + 1) + "\"}";
      suites.put("s" + i, suite("s" + i, next, next));
    }
    suites.put("s30", suite("s30"));
    assertTrue(fault(suites.get("s0")).startsWith("tests[0]"));
  }

  @Test
  void moreThanTwoThousandTestsAreTooMany() {
    String[] many = new String[1001];
    for (int i = 0; i < many.length; i++) {
      many[i] = test("t" + i);
    }
    suites.put("x", suite("x", many));
    suites.put("y", suite("y", many));
    assertEquals("tests", fault(suite("root", "{\"suite\":\"x\"}", "{\"suite\":\"y\"}")));
  }

  private List<String> ids(TestSuite root) {
    return SuiteFlattener.flatten(root, catalog()).tests().stream()
        .map(io.cta.domain.Test::id)
        .toList();
  }

  private String fault(TestSuite root) {
    return assertThrows(ServiceFailure.class, () -> SuiteFlattener.flatten(root, catalog()))
        .field();
  }

  private SuiteCatalog catalog() {
    return new SuiteCatalog(suites, tests);
  }

  private static String test(String name) {
    return "{\"name\":\"" + name + "\",\"stages\":[{\"run\":\"true\"}]}";
  }

  private static TestSuite suite(String name, String... entries) {
    JsonArray tests = new JsonArray("[" + String.join(",", entries) + "]");
    return JsonMapping.fromObject(
        new JsonObject().put("name", name).put("tests", tests), TestSuite.class);
  }

  private static TestSuite withInput(TestSuite suite, String path) {
    JsonObject input = new JsonObject().put("type", "local").put("path", path);
    return JsonMapping.fromObject(
        JsonMapping.toObject(suite).put("inputs", new JsonArray().add(input)), TestSuite.class);
  }
}
