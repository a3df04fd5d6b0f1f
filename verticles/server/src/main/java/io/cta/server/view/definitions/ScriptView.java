package io.cta.server.view.definitions;

import com.fasterxml.jackson.annotation.JsonValue;
import io.cta.domain.StageScript;
import java.util.List;

/** What a stage runs: in JSON a text for its shell, or a list of a program and its arguments. */
public record ScriptView(String text, List<String> command) {
  /** Returns null for null. */
  static ScriptView of(StageScript s) {
    return s == null ? null : new ScriptView(s.text(), s.command());
  }

  @JsonValue
  Object textOrList() {
    return text == null ? command : text;
  }
}
