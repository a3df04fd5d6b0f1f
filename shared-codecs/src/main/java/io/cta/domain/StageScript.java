package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.cta.error.ServiceFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * What a stage runs: a text for its shell, or a program and its arguments, which are a list in JSON
 * and YAML. Exactly one of the two is set.
 *
 * @param text a script
 * @param command a program and its arguments, or null
 */
public record StageScript(String text, List<String> command) {
  public StageScript {
    command = command == null ? null : List.copyOf(command);
    if ((text == null) == (command == null)) {
      throw ServiceFailure.invalid("run", "must be a text, or a list of texts");
    }
  }

  /** A text for a shell; null of null. */
  public static StageScript of(String text) {
    return text == null ? null : new StageScript(text, null);
  }

  public boolean isBlank() {
    return text != null ? text.isBlank() : command.isEmpty() || command.get(0).isBlank();
  }

  @JsonCreator
  static StageScript read(JsonNode node) {
    if (!node.isArray()) {
      return of(text(node));
    }
    List<String> command = new ArrayList<>();
    node.forEach(word -> command.add(text(word)));
    return new StageScript(null, command);
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw ServiceFailure.invalid("run", "must be a text, or a list of texts, not " + node);
    }
    return node.textValue();
  }

  @JsonValue
  Object write() {
    return text == null ? command : text;
  }
}
