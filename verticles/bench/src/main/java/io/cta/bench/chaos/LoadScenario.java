package io.cta.bench.chaos;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the scenarios that the load consists of.
 *
 * @param weight how often it is requested, relative to the other scenarios
 * @param endless whether it runs until it is cancelled
 * @param tests scripts of its tests, each of which leaves its exit code in the variable {@code
 *     code}
 */
record LoadScenario(String name, String mode, int weight, boolean endless, List<String> tests) {
  private static final String OK = "code=0";
  private static final String BAD = "code=3";
  private static final String NAP = "sleep 0.2; code=0";
  private static final String SLEEP = "sleep 100; code=0";
  private static final String DEAF = "trap '' TERM; sleep 100; sleep 100; code=0";

  static final List<LoadScenario> MIX =
      List.of(
          new LoadScenario("mono", "mono", 8, false, List.of(BAD, NAP)),
          new LoadScenario("group", "group", 8, false, List.of(NAP, OK)),
          new LoadScenario("parallel", "parallel", 5, false, List.of(OK, NAP, BAD)),
          new LoadScenario("stress", "stress", 3, false, List.of(OK)),
          new LoadScenario("sleeper", "group", 1, true, List.of(OK, SLEEP)),
          new LoadScenario("deaf", "mono", 1, true, List.of(DEAF)));

  /** Makes the definitions to apply; its test processes write their traces into the directory. */
  JsonObject[] documents(Path traces) {
    JsonArray suite = new JsonArray();
    for (int i = 0; i < tests.size(); i++) {
      JsonObject stage =
          new JsonObject().put("run", traced(traces, tests.get(i))).put("stopTimeout", "2s");
      suite.add(new JsonObject().put("name", "t" + i).put("stages", new JsonArray().add(stage)));
    }
    List<JsonObject> documents = new ArrayList<>();
    documents.add(document("TestSuite").put("tests", suite));
    documents.add(document("Configuration").put("mode", mode));
    documents.add(
        document("Scenario")
            .put("suite", name)
            .put("configuration", name)
            .put("timeouts", new JsonObject().put("pending", "90s").put("running", "60s")));
    return documents.toArray(JsonObject[]::new);
  }

  private JsonObject document(String kind) {
    return new JsonObject().put("kind", kind).put("name", name);
  }

  /**
   * Wraps a script so that it writes its trace, with builtins of the shell only: a trace starts no
   * process.
   */
  private static String traced(Path traces, String script) {
    String mine = "mine='" + traces + "'/\"$CTA_TASK_ID.$CTA_ATTEMPT.$CTA_TEST_NAME.$$\"\n";
    return mine
        + "echo \"$CTA_MACHINE\" >\"$mine.begin\"\n"
        + script
        + "\necho \"$code\" >\"$mine.end\"\nexit \"$code\"\n";
  }
}
