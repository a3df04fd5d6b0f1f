package io.cta.agent.result;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * What clients of the old endpoint {@code /testframework/teststatus} send: {@code id} names the
 * test or a case of it, {@code message} is the case's name, the status is written in any case.
 */
final class LegacyResultParser {
  private static final Set<String> PLACED =
      Set.of("status", "id", "testId", "testName", "message", "name", "description", "token");

  private LegacyResultParser() {}

  static ReportedResult read(JsonObject body) {
    ResultFieldReader resultFieldReader = new ResultFieldReader(body);
    String id = resultFieldReader.text("id", ResultFieldReader.NAME);
    String name = resultFieldReader.text("name", ResultFieldReader.NAME);
    String message = resultFieldReader.text("message", ResultFieldReader.NAME);
    return ReportedResultBuilder.builder()
        .testId(id == null ? resultFieldReader.text("testId", ResultFieldReader.NAME) : id)
        .testName(resultFieldReader.text("testName", ResultFieldReader.NAME))
        .name(name == null ? message : name)
        .result(resultFieldReader.status())
        .description(resultFieldReader.text("description", ResultFieldReader.TEXT))
        .message(name == null ? null : message)
        .custom(resultFieldReader.custom(PLACED))
        .build();
  }
}
