package io.cta.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Defines a scenario whose tests do nothing. */
final class NoopScenario {
  static final String NAME = "bench-noop";

  /** The label of the machines that take the load. */
  static final String LABEL = "bench-load";

  private NoopScenario() {}

  /**
   * @param labelled whether only machines with {@link #LABEL} may run it
   */
  static void define(RestClient rest, int tests, boolean labelled) {
    JsonObject configuration = new JsonObject().put("name", NAME).put("mode", "mono");
    if (labelled) {
      configuration.put("labels", new JsonArray().add(LABEL));
    }
    JsonObject scenario =
        new JsonObject().put("name", NAME).put("suite", NAME).put("configuration", NAME);
    rest.post("testsuites", new JsonObject().put("name", NAME).put("tests", entries(tests)))
        .await();
    rest.post("configurations", configuration).await();
    rest.post("scenarios", scenario).await();
  }

  private static JsonArray entries(int tests) {
    JsonArray entries = new JsonArray();
    for (int i = 0; i < tests; i++) {
      JsonObject stage = new JsonObject().put("name", "run").put("run", "true");
      entries.add(
          new JsonObject().put("name", "noop-" + i).put("stages", new JsonArray().add(stage)));
    }
    return entries;
  }
}
