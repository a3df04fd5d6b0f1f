package io.cta.agent.result;

import io.cta.domain.Result;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** The body of {@code POST /results}. */
final class ResultParser {
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

  private ResultParser() {}

  static ReportedResult read(JsonObject body) {
    ResultFieldReader resultFieldReader = new ResultFieldReader(body);
    Result result = resultFieldReader.status();
    boolean skipped = resultFieldReader.flag("skipped");
    return new ReportedResult(
        resultFieldReader.text("testId", ResultFieldReader.NAME),
        resultFieldReader.text("testName", ResultFieldReader.NAME),
        resultFieldReader.text("name", ResultFieldReader.NAME),
        skipped && result == Result.OK ? Result.INCONCLUSIVE : result,
        skipped,
        resultFieldReader.text("description", ResultFieldReader.TEXT),
        resultFieldReader.text("message", ResultFieldReader.TEXT),
        resultFieldReader.millis("durationMs"),
        resultFieldReader.custom(PLACED));
  }
}
