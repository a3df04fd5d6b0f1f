package io.cta.agent.report.json;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.TestCase;
import java.io.IOException;

/** One scenario with the background before it, put together from its steps and hooks. */
final class CucumberScenario {
  private final CaseBuilder builder = new CaseBuilder();
  private String type = "scenario";
  private String name;
  private String line;
  private double nanos;
  private int ran;

  boolean isBackground() {
    return type.equals("background");
  }

  boolean hasFailed() {
    return builder.hasFailed();
  }

  void read(JsonCursor json, String field) throws IOException {
    switch (field) {
      case "type" -> type = String.valueOf(json.text());
      case "keyword" -> type = "Background".equals(json.text()) ? "background" : type;
      case "name" -> name = json.text();
      case "line" -> line = json.text();
      case "steps", "before", "after" -> json.array(() -> step(json));
      default -> json.skip();
    }
  }

  TestCase build(String suite, String uri) {
    builder.identity(suite, null, name);
    builder.source(uri, line).duration(ReportTimes.ofSeconds(nanos / 1e9));
    if (ran == 0 && !builder.isNotPassed()) {
      builder.skipped("no step of it ran", null);
    }
    return builder.build();
  }

  private void step(JsonCursor json) throws IOException {
    Step step = new Step();
    json.object(field -> step.read(json, field));
    nanos += step.nanos;
    String text = step.name == null ? "a hook" : step.name;
    switch (step.status) {
      case "passed" -> ran++;
      case "failed", "ambiguous" -> builder.failed(text, step.error);
      case "skipped" -> {}
      default -> builder.doubtful(text + ": " + step.status, step.error);
    }
  }

  /** A step or a hook; hooks within steps are ignored unless they failed. */
  private static final class Step {
    private String name;
    private String status = "without a result";
    private String error;
    private double nanos;

    void read(JsonCursor json, String field) throws IOException {
      switch (field) {
        case "name" -> name = json.text();
        case "result" -> json.object(part -> result(json, part));
        case "before", "after" -> json.array(() -> hook(json));
        default -> json.skip();
      }
    }

    private void hook(JsonCursor json) throws IOException {
      Step hook = new Step();
      json.object(field -> hook.read(json, field));
      if (hook.status.equals("failed")) {
        status = "failed";
        error = hook.error;
      }
    }

    private void result(JsonCursor json, String part) throws IOException {
      switch (part) {
        case "status" -> {
          String word = String.valueOf(json.text()).toLowerCase(java.util.Locale.ROOT);
          status = status.equals("failed") ? status : word;
        }
        case "error_message" -> {
          String text = json.text();
          error = error == null ? text : error;
        }
        case "duration" -> nanos = json.number();
        default -> json.skip();
      }
    }
  }
}
