package io.cta.server.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Configuration;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.Scenario;
import io.cta.domain.TestSuite;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters that a suite declares: where their values go, and what is refused. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SuiteParametersTest {
  private static final String FULL =
      """
      {"name":"s",
       "parameters":{"REF":{"default":"main"},"V":{"default":"1.0"},"MIN":{"default":"5"},
                     "DIR":{"default":"out","values":["out","build"]},"KEY":{}},
       "inputs":[{"type":"git","url":"https://h/${KEY}/app.git","ref":"${REF}"},
                 {"type":"maven","artifact":"g:lib:${V}"}],
       "outputs":[{"type":"s3","url":"s3://bucket/${DIR}/","endpoint":"https://${REF}"}],
       "tests":[{"name":"a","timeout":"${MIN}m","env":{"K":"<${KEY}>","P":"$${HOME}"},
                 "report":{"junit":"${DIR}/*.xml"},
                 "stages":[{"run":"echo ${KEY}","env":{"R":"${REF}-${REF}"},"timeout":"${MIN}s"}]}]}
      """;

  private final Map<String, TestSuite> suites = new HashMap<>();

  @Test
  void valuesAreReplacedEverywhereButInScripts() {
    ExecutionSnapshot s = asked(FULL, Map.of(), Map.of("KEY", "x y", "REF", "v2"));
    assertEquals("https://h/x y/app.git", s.inputs().get(0).url());
    assertEquals("v2", s.inputs().get(0).ref());
    assertEquals("g:lib:1.0", s.inputs().get(1).artifact());
    assertEquals("s3://bucket/out/", s.outputs().get(0).url());
    assertEquals("https://v2", s.outputs().get(0).endpoint());
    io.cta.domain.Test test = s.tests().get(0);
    assertEquals(Map.of("K", "<x y>", "P", "${HOME}"), test.env());
    assertEquals(Duration.ofMinutes(5), test.timeout().duration());
    assertEquals(List.of("out/*.xml"), test.report().junit());
    assertEquals("echo ${KEY}", test.stages().get(0).run().text());
    assertEquals(Map.of("R", "v2-v2"), test.stages().get(0).env());
    assertEquals(Duration.ofSeconds(5), test.stages().get(0).timeout().duration());
    assertEquals(
        Map.of("REF", "v2", "V", "1.0", "MIN", "5", "DIR", "out", "KEY", "x y"),
        s.scenario().parameters());
  }

  @Test
  void theRequestWinsOverTheScenarioAndTheScenarioOverTheDefault() {
    Map<String, String> ofScenario = Map.of("KEY", "k", "REF", "dev");
    assertEquals("dev", asked(FULL, ofScenario, Map.of()).inputs().get(0).ref());
    assertEquals("v3", asked(FULL, ofScenario, Map.of("REF", "v3")).inputs().get(0).ref());
  }

  @Test
  void aValueIsNotLookedIntoAgain() {
    Map<String, String> given = Map.of("KEY", "${REF}");
    assertEquals("<${REF}>", asked(FULL, Map.of(), given).tests().get(0).env().get("K"));
  }

  @ParameterizedTest
  @CsvSource({
    "KEY,k,NOPE,x,parameters.NOPE",
    "REF,x,V,1,parameters.KEY",
    "KEY,k,DIR,target,parameters.DIR",
    "KEY,k,REF,--upload-pack=x,inputs[0].ref",
    "KEY,k,V,1 2,inputs[1].artifact",
    "KEY,k,REF,a/b,outputs[0].endpoint",
    "KEY,k,MIN,0,tests.a.stages[0].timeout",
    "KEY,k,MIN,many,tests.a.stages[0].timeout"
  })
  void aValueThatDoesNotFitIsRefusedByItsField(
      String one, String value, String other, String otherValue, String field) {
    Map<String, String> given = Map.of(one, value, other, otherValue);
    assertEquals(field, fault(() -> asked(FULL, Map.of(), given)).field());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"inputs\":[{\"type\":\"git\",\"url\":\"u\",\"ref\":\"${X}\"}],\"tests\":[]",
        "\"tests\":[{\"name\":\"a\",\"env\":{\"A\":\"${X}\"},\"stages\":[{\"run\":\"x\"}]}]",
        "\"tests\":[{\"name\":\"a\",\"stages\":[{\"run\":\"x\",\"timeout\":\"${X}\"}]}]",
        "\"tests\":[{\"name\":\"a\",\"report\":{\"tap\":\"${X}\"},\"stages\":[{\"run\":\"x\"}]}]",
        "\"tests\":[{\"name\":\"a\",\"artifacts\":[\"${X}\"],\"stages\":[{\"run\":\"x\"}]}]"
      })
  void aNameThatNoSuiteDeclaresIsRefusedWhenItIsDefined(String rest) {
    TestSuite suite = suite("{\"name\":\"s\"," + rest + "}");
    ServiceFailure fault = fault(() -> SuiteFlattener.flatten(suite, catalog()));
    assertTrue(fault.getMessage().contains("names no parameter: ${X}"), fault.getMessage());
    assertTrue(fault.field().matches("(inputs|tests)\\[0\\].*"), fault.field());
  }

  @Test
  void aSuiteMayUseWhatTheSuiteAroundItDeclaresAndItsDefaultWins() {
    suites.put("inner", suite(inner("{\"default\":\"inner\"}", "a")));
    TestSuite outer =
        suite(
            "{\"name\":\"o\",\"parameters\":{\"X\":{\"default\":\"outer\"}},\"tests\":[{\"suite\":\"inner\"}]}");
    assertEquals("outer", asked(outer, Map.of(), Map.of()).tests().get(0).env().get("A"));
  }

  @Test
  void suitesBesideEachOtherMustAgree() {
    suites.put("inner", suite(inner("{\"default\":\"1\"}", "a")));
    suites.put("other", suite(inner("{\"default\":\"2\"}", "b").replace("inner", "other")));
    TestSuite outer =
        suite("{\"name\":\"o\",\"tests\":[{\"suite\":\"inner\"},{\"suite\":\"other\"}]}");
    assertEquals("tests[1]", fault(() -> SuiteFlattener.flatten(outer, catalog())).field());
  }

  @Test
  void aSuiteWithoutParametersTakesAnyVariable() {
    String plain = "{\"name\":\"s\",\"tests\":[{\"name\":\"a\",\"stages\":[{\"run\":\"x\"}]}]}";
    Map<String, String> given = Map.of("ANY", "thing");
    assertEquals(given, asked(plain, Map.of(), given).scenario().parameters());
  }

  private static String inner(String declared, String test) {
    return ("{\"name\":\"inner\",\"parameters\":{\"X\":%s},\"tests\":[{\"name\":\"%s\",\"env\":"
            + "{\"A\":\"${X}\"},\"stages\":[{\"run\":\"x\"}]}]}")
        .formatted(declared, test);
  }

  private ExecutionSnapshot asked(
      String suite, Map<String, String> ofScenario, Map<String, String> given) {
    return asked(suite(suite), ofScenario, given);
  }

  private ExecutionSnapshot asked(
      TestSuite suite, Map<String, String> ofScenario, Map<String, String> given) {
    JsonObject scenario =
        new JsonObject()
            .put("name", "n")
            .put("suite", suite.name())
            .put("configuration", "c")
            .put("parameters", new JsonObject(new HashMap<>(ofScenario)));
    Configuration configuration =
        JsonMapping.fromObject(new JsonObject().put("name", "c"), Configuration.class);
    ResolvedScenario resolved =
        SnapshotFactory.of(
            JsonMapping.fromObject(scenario, Scenario.class), configuration, suite, catalog());
    return resolved.asked(
        ScenarioStartRequestBuilder.builder()
            .executionId("e")
            .scenario("n")
            .parameters(given)
            .requestedBy("me")
            .build());
  }

  private SuiteCatalog catalog() {
    return new SuiteCatalog(suites, Map.of());
  }

  private static TestSuite suite(String json) {
    return JsonMapping.fromObject(new JsonObject(json), TestSuite.class);
  }

  private static ServiceFailure fault(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(ServiceFailure.class, action);
  }
}
