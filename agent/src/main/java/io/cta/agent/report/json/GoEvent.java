package io.cta.agent.report.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.StringReader;

/** One line of {@code go test -json}; fields that it does not have are "". */
final class GoEvent {
  private String action = "";
  private String packageName = "";
  private String test = "";
  private String output = "";
  private String importPath = "";
  private String failedBuild = "";
  private double elapsed;

  private GoEvent() {}

  /** Null when the line is no JSON. */
  static GoEvent parse(String line) throws IOException {
    GoEvent event = new GoEvent();
    try (JsonCursor json = new JsonCursor(new StringReader(line))) {
      json.nextValue();
      json.object(field -> event.field(json, field));
      return event;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  String action() {
    return action;
  }

  String packageName() {
    return packageName;
  }

  String test() {
    return test;
  }

  String output() {
    return output;
  }

  String importPath() {
    return importPath;
  }

  String failedBuild() {
    return failedBuild;
  }

  double elapsed() {
    return elapsed;
  }

  private void field(JsonCursor json, String field) throws IOException {
    switch (field) {
      case "Action" -> action = text(json);
      case "Package" -> packageName = text(json);
      case "Test" -> test = text(json);
      case "Output" -> output = text(json);
      case "ImportPath" -> importPath = text(json);
      case "FailedBuild" -> failedBuild = text(json);
      case "Elapsed" -> elapsed = json.number();
      default -> json.skip();
    }
  }

  private static String text(JsonCursor json) throws IOException {
    String text = json.text();
    return text == null ? "" : text;
  }
}
