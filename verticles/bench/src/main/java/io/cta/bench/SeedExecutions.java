package io.cta.bench;

import io.cta.domain.Artifact;
import io.cta.domain.ArtifactBuilder;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.IdGenerator;
import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes finished executions with their tasks and statuses, for a store that is filled for queries.
 */
final class SeedExecutions {
  static final int TASKS = SeedDefinitions.TESTS_OF_SUITE;

  /** One in this many cases has failed, and one in this many executions. */
  private static final int DELIVERED_ONE_IN = 5;

  private static final int FAILED_ONE_IN = 7;

  private static final int BRANCHES = 20;
  private static final int COMMITS = 500;

  private final StoreRepositories stores;
  private final SeededStore definitions;
  private final int casesOfTask;
  private final Instant first = Instant.now().minus(Duration.ofDays(20));

  SeedExecutions(StoreRepositories stores, SeededStore definitions, int casesOfTask) {
    this.stores = stores;
    this.definitions = definitions;
    this.casesOfTask = casesOfTask;
  }

  static String branch(int number) {
    return "branch-" + Math.floorMod(number, BRANCHES);
  }

  /** Several executions have the same commit. */
  static String commit(int number) {
    return "%040x".formatted(Math.floorMod(number, COMMITS));
  }

  static String changeRequest(int number) {
    return String.valueOf(Math.floorMod(number, COMMITS));
  }

  /** Makes all documents of one execution; the first is the execution itself. */
  List<DocumentWrite> writes(int number) {
    String id = IdGenerator.next();
    Instant at = first.plusSeconds(number * 60L);
    List<DocumentWrite> writes = new ArrayList<>();
    Execution execution = execution(id, number, at);
    writes.add(stores.executions.inserting(id, execution));
    writes.add(
        stores.specs.inserting(
            new ExecutionSpec(id, snapshot(number), execution.requestedBy(), at, null)));
    if (number % DELIVERED_ONE_IN == 0) {
      Delivery delivery = delivery(id, number, at);
      writes.add(stores.deliveries.inserting(delivery.id(), delivery));
    }
    for (int i = 0; i < TASKS; i++) {
      Task task = task(id, number, i, at);
      writes.add(stores.tasks.inserting(task.id(), task));
      Artifact artifact = artifact(task, at);
      writes.add(stores.artifacts.inserting(artifact.id(), artifact));
      for (int c = 1; c <= casesOfTask; c++) {
        Status status = status(task, number, c, at);
        writes.add(stores.statuses.inserting(status.id(), status));
      }
    }
    return writes;
  }

  private Delivery delivery(String executionId, int number, Instant at) {
    String channel = definitions.channels().id(number % definitions.channels().size());
    return DeliveryBuilder.builder()
        .id(executionId + "-0-" + channel)
        .messageId("msg_" + executionId)
        .executionId(executionId)
        .channelId(channel)
        .channelName(channel)
        .state(number % FAILED_ONE_IN == 0 ? DeliveryState.FAILED : DeliveryState.DELIVERED)
        .body("{}")
        .createdAt(at)
        .endedAt(at)
        .build();
  }

  private Execution execution(String id, int number, Instant at) {
    int scenario = number % definitions.scenarios().size();
    String name = definitions.scenarios().name(scenario);
    return JsonMapping.fromObject(
        new JsonObject()
            .put("id", id)
            .put("scenarioId", definitions.scenarios().id(scenario))
            .put("scenarioName", name)
            .put("mode", "parallel")
            .put("group", "group-" + scenario % definitions.groups().size())
            .put("state", number % 50 == 0 ? "cancelled" : "finished")
            .put("result", number % FAILED_ONE_IN == 0 ? "failed" : "ok")
            .put("requestedBy", definitions.users().name(number))
            .put("requestedAt", at.toString())
            .put("startedAt", at.toString())
            .put("finishedAt", at.plusSeconds(30).toString())
            .put("planned", true)
            .put("taskCount", TASKS)
            .put("tasksDone", TASKS)
            .put("counts", new JsonObject().put("ok", TASKS * casesOfTask))
            .put(
                "source",
                new JsonObject()
                    .put("branch", branch(number))
                    .put("commit", commit(number))
                    .put("changeRequest", changeRequest(number))),
        Execution.class);
  }

  private ExecutionSnapshot snapshot(int number) {
    int scenario = number % definitions.scenarios().size();
    String name = definitions.scenarios().name(scenario);
    JsonObject configuration =
        new JsonObject().put("name", "configuration-" + scenario).put("mode", "parallel");
    JsonObject snapshot =
        new JsonObject()
            .put(
                "scenario",
                new JsonObject()
                    .put("name", name)
                    .put("suite", "suite-" + scenario)
                    .put("configuration", "configuration-" + scenario))
            .put("configuration", configuration)
            .put("suiteName", "suite-" + scenario)
            .put("tests", tests(scenario));
    return JsonMapping.fromObject(snapshot, ExecutionSnapshot.class);
  }

  private JsonArray tests(int scenario) {
    JsonArray tests = new JsonArray();
    for (int i = 0; i < TASKS; i++) {
      String name = test(scenario, i);
      tests.add(
          new JsonObject()
              .put("id", name)
              .put("name", name)
              .put("stages", SeedDefinitions.stages()));
    }
    return tests;
  }

  private static String test(int scenario, int ordinal) {
    return "test-" + (scenario * TASKS + ordinal);
  }

  private Task task(String execution, int number, int ordinal, Instant at) {
    String test = test(number % definitions.scenarios().size(), ordinal);
    return JsonMapping.fromObject(
        new JsonObject()
            .put("id", Task.id(execution, ordinal))
            .put("executionId", execution)
            .put("ordinal", ordinal)
            .put("mode", "parallel")
            .put("testIds", new JsonArray().add(test))
            .put("machineId", definitions.machines().id(number + ordinal))
            .put("state", "finished")
            .put("result", number % FAILED_ONE_IN == 0 ? "failed" : "ok")
            .put("attempt", 1)
            .put("createdAt", at.toString())
            .put("startedAt", at.toString())
            .put("finishedAt", at.plusSeconds(20).toString())
            .put("statusesExpected", casesOfTask),
        Task.class);
  }

  private static Artifact artifact(Task task, Instant at) {
    return ArtifactBuilder.builder()
        .id(task.id() + ".1-0")
        .executionId(task.executionId())
        .taskId(task.id())
        .attempt(1)
        .testId(task.testIds().get(0))
        .machineId(task.machineId())
        .path("target/run.log")
        .size(1)
        .sha256("0".repeat(64))
        .at(at)
        .build();
  }

  private Status status(Task task, int number, int index, Instant at) {
    boolean failed = number % FAILED_ONE_IN == 0 && index % FAILED_ONE_IN == 0;
    return StatusBuilder.builder()
        .id(Status.id(task.id(), 1, index))
        .executionId(task.executionId())
        .taskId(task.id())
        .attempt(1)
        .testId(task.testIds().get(0))
        .testName(task.testIds().get(0))
        .name("io.example.bench.SeededCaseTest.case_number_" + index + "_holds")
        .index(index)
        .result(failed ? Result.FAILED : Result.OK)
        .source(StatusSource.REPORT)
        .message(failed ? "expected 3 but was 4" : null)
        .durationMs(12L)
        .machineId(task.machineId())
        .machineName(definitions.machines().name(number + task.ordinal()))
        .at(at)
        .build();
  }
}
