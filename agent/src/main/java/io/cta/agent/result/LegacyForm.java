package io.cta.agent.result;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * What clients of the old endpoint {@code /testframework/teststatus} send: {@code id} names the
 * test or a case of it, {@code message} is the case's name, the status is written in any case.
 */
final class LegacyForm {
  private static final Set<String> PLACED =
      Set.of("status", "id", "testId", "testName", "message", "name", "description", "token");

  private LegacyForm() {}

  static Report read(JsonObject body) {
    Fields fields = new Fields(body);
    String id = fields.text("id", Fields.NAME);
    String name = fields.text("name", Fields.NAME);
    String message = fields.text("message", Fields.NAME);
    return new Report(
        id == null ? fields.text("testId", Fields.NAME) : id,
        fields.text("testName", Fields.NAME),
        name == null ? message : name,
        fields.status(),
        false,
        fields.text("description", Fields.TEXT),
        name == null ? null : message,
        null,
        fields.custom(PLACED));
  }
}
