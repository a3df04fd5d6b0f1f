package io.cta.agent.result;

import io.cta.domain.Result;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** Parses the body of {@code POST /results}. */
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
        .testId(resultFieldReader.text("testId", ResultFieldReader.MAX_NAME_CHARS))
        .testName(resultFieldReader.text("testName", ResultFieldReader.MAX_NAME_CHARS))
        .name(resultFieldReader.text("name", ResultFieldReader.MAX_NAME_CHARS))
        .result(skipped && result == Result.OK ? Result.INCONCLUSIVE : result)
        .skipped(skipped)
        .description(resultFieldReader.text("description", ResultFieldReader.MAX_TEXT_CHARS))
        .message(resultFieldReader.text("message", ResultFieldReader.MAX_TEXT_CHARS))
        .durationMs(resultFieldReader.millis("durationMs"))
        .custom(resultFieldReader.custom(PLACED))
        .build();
  }
}
