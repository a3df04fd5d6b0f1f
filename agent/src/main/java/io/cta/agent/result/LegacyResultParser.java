package io.cta.agent.result;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * Parses what clients of the old endpoint {@code /testframework/teststatus} send: {@code id} names
 * the test or a case of it, {@code message} is the case's name, the status may be in upper or lower
 * case.
 */
final class LegacyResultParser {
  private static final Set<String> PLACED =
      Set.of("status", "id", "testId", "testName", "message", "name", "description", "token");

  private LegacyResultParser() {}

  static ReportedResult read(JsonObject body) {
    ResultFieldReader resultFieldReader = new ResultFieldReader(body);
    String id = resultFieldReader.text("id", ResultFieldReader.MAX_NAME_CHARS);
    String name = resultFieldReader.text("name", ResultFieldReader.MAX_NAME_CHARS);
    String message = resultFieldReader.text("message", ResultFieldReader.MAX_NAME_CHARS);
    return ReportedResultBuilder.builder()
        .testId(
            id == null ? resultFieldReader.text("testId", ResultFieldReader.MAX_NAME_CHARS) : id)
        .testName(resultFieldReader.text("testName", ResultFieldReader.MAX_NAME_CHARS))
        .name(name == null ? message : name)
        .result(resultFieldReader.status())
        .description(resultFieldReader.text("description", ResultFieldReader.MAX_TEXT_CHARS))
        .message(name == null ? null : message)
        .custom(resultFieldReader.custom(PLACED))
        .build();
  }
}
