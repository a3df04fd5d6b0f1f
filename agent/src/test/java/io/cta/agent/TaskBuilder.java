package io.cta.agent;

import io.cta.domain.ReportSpec;
import io.cta.domain.Repository;
import io.cta.domain.RunMode;
import io.cta.domain.Stage;
import io.cta.domain.Test;
import io.cta.json.JsonMapping;
import io.cta.message.TaskRun;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds commands to run, with defaults for all that a test need not say. */
final class TaskBuilder {
  private final String id;
  private final List<Test> tests = new ArrayList<>();
  private final List<Repository> inputs = new ArrayList<>();
  private Map<String, String> parameters = Map.of();
  private Duration running = Duration.ofMinutes(1);
  private int attempt = 1;
  private String token;

  TaskBuilder(String id) {
    this.id = id;
  }

  static TaskBuilder task(String id) {
    return new TaskBuilder(id);
  }

  /** A task of one test of one stage. */
  static TaskBuilder script(String id, String script) {
    return task(id).test("t", stage(script));
  }

  TaskBuilder test(String name, Stage... stages) {
    return test(name, null, false, stages);
  }

  TaskBuilder reporting(String name, String glob, Stage... stages) {
    return test(name, ReportSpec.ofJunit(glob), false, stages);
  }

  TaskBuilder resumable(String name, Stage... stages) {
    return test(name, null, true, stages);
  }

  TaskBuilder test(Test test) {
    tests.add(test);
    return this;
  }

  TaskBuilder input(Repository input) {
    inputs.add(input);
    return this;
  }

  TaskBuilder parameters(Map<String, String> values) {
    parameters = values;
    return this;
  }

  TaskBuilder running(Duration limit) {
    running = limit;
    return this;
  }

  TaskBuilder attempt(int number) {
    attempt = number;
    return this;
  }

  TaskBuilder token(String value) {
    token = value;
    return this;
  }

  String token() {
    return token == null ? "token-" + id + "-" + attempt : token;
  }

  TaskRun build() {
    return new TaskRun(
        "execution",
        id,
        attempt,
        token(),
        RunMode.MONO,
        "suite",
        inputs,
        List.of(),
        tests,
        parameters,
        running,
        null);
  }

  static Stage stage(String run) {
    return new Stage(null, run, null, null, null, null, null, null, null);
  }

  /** A program and its arguments, as people write it. */
  static Stage list(String... words) {
    JsonObject stage = new JsonObject().put("run", new JsonArray(List.of((Object[]) words)));
    return JsonMapping.fromObject(stage, Stage.class);
  }

  static Stage limited(String run, String stop, Duration timeout, Duration stopTimeout) {
    return new Stage(null, run, stop, null, null, timeout, stopTimeout, null, null);
  }

  static Stage optional(String name, String run) {
    return new Stage(name, run, null, null, null, null, null, false, null);
  }

  static Stage in(String cwd, String run) {
    return new Stage(null, run, null, cwd, null, null, null, null, null);
  }

  private TaskBuilder test(String name, ReportSpec report, boolean resumable, Stage... stages) {
    return test(
        new Test(
            "suite/" + name,
            name,
            null,
            true,
            List.of(stages),
            Map.of(),
            null,
            report,
            List.of(),
            resumable));
  }
}
