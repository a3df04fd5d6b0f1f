package io.cta.agent.result;

import io.cta.domain.Result;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** The body of {@code POST /results}. */
final class ResultForm {
  private static final Set<String> PLACED =
      Set.of(
          "status",
          "testId",
          "testName",
          "name",
          "skipped",
          "description",
          "message",
          "durationMs");

  private ResultForm() {}

  static Report read(JsonObject body) {
    Fields fields = new Fields(body);
    Result result = fields.status();
    boolean skipped = fields.flag("skipped");
    return new Report(
        fields.text("testId", Fields.NAME),
        fields.text("testName", Fields.NAME),
        fields.text("name", Fields.NAME),
        skipped && result == Result.OK ? Result.INCONCLUSIVE : result,
        skipped,
        fields.text("description", Fields.TEXT),
        fields.text("message", Fields.TEXT),
        fields.millis("durationMs"),
        fields.custom(PLACED));
  }
}
