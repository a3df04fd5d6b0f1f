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
    return ReportedResultBuilder.builder()
        .testId(resultFieldReader.text("testId", ResultFieldReader.NAME))
        .testName(resultFieldReader.text("testName", ResultFieldReader.NAME))
        .name(resultFieldReader.text("name", ResultFieldReader.NAME))
        .result(skipped && result == Result.OK ? Result.INCONCLUSIVE : result)
        .skipped(skipped)
        .description(resultFieldReader.text("description", ResultFieldReader.TEXT))
        .message(resultFieldReader.text("message", ResultFieldReader.TEXT))
        .durationMs(resultFieldReader.millis("durationMs"))
        .custom(resultFieldReader.custom(PLACED))
        .build();
  }
}
