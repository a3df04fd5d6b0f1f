package io.cta.agent;

import io.cta.domain.ReportSpec;
import io.cta.domain.Repository;
import io.cta.domain.RunMode;
import io.cta.domain.Stage;
import io.cta.domain.StageBuilder;
import io.cta.domain.StageScript;
import io.cta.domain.Test;
import io.cta.domain.TestBuilder;
import io.cta.domain.TimeLimit;
import io.cta.json.JsonMapping;
import io.cta.message.TaskRun;
import io.cta.message.TaskRunBuilder;
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
  private final List<Repository> outputs = new ArrayList<>();
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

  TaskBuilder output(Repository output) {
    outputs.add(output);
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
    return TaskRunBuilder.builder()
        .executionId("execution")
        .taskId(id)
        .attempt(attempt)
        .token(token())
        .mode(RunMode.MONO)
        .suite("suite")
        .inputs(inputs)
        .outputs(outputs)
        .tests(tests)
        .parameters(parameters)
        .running(running)
        .build();
  }

  static Stage stage(String run) {
    return StageBuilder.builder().run(StageScript.of(run)).build();
  }

  /** A program and its arguments, as people write it. */
  static Stage list(String... words) {
    JsonObject stage = new JsonObject().put("run", new JsonArray(List.of((Object[]) words)));
    return JsonMapping.fromObject(stage, Stage.class);
  }

  static Stage limited(String run, String stop, Duration timeout, Duration stopTimeout) {
    return StageBuilder.builder()
        .run(StageScript.of(run))
        .stop(StageScript.of(stop))
        .timeout(TimeLimit.of(timeout))
        .stopTimeout(TimeLimit.of(stopTimeout))
        .build();
  }

  static Stage optional(String name, String run) {
    return StageBuilder.builder().name(name).run(StageScript.of(run)).mandatory(false).build();
  }

  static Stage in(String cwd, String run) {
    return StageBuilder.builder().run(StageScript.of(run)).cwd(cwd).build();
  }

  private TaskBuilder test(String name, ReportSpec report, boolean resumable, Stage... stages) {
    return test(
        TestBuilder.builder()
            .id("suite/" + name)
            .name(name)
            .enabled(true)
            .stages(List.of(stages))
            .env(Map.of())
            .report(report)
            .artifacts(List.of())
            .resumable(resumable)
            .build());
  }
}
