package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.Stage;
import io.cta.domain.Task;
import io.cta.domain.Test;
import io.cta.message.TaskRun;
import io.cta.message.TaskRunBuilder;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What executions run: the last few in memory, the others read again. One event loop only. */
final class SnapshotCache {
  private static final int MAX_TESTS = 100_000;

  private final StoreRepositories stores;
  private final Map<String, ExecutionSnapshot> held = new LinkedHashMap<>(16, 0.75f, true);
  private int tests;

  SnapshotCache(StoreRepositories stores) {
    this.stores = stores;
  }

  void hold(Execution execution) {
    forget(execution.id());
    held.put(execution.id(), execution.snapshot());
    tests += weight(execution.snapshot());
    while (tests > MAX_TESTS && held.size() > 1) {
      forget(held.keySet().iterator().next());
    }
  }

  void forget(String executionId) {
    ExecutionSnapshot gone = held.remove(executionId);
    tests -= gone == null ? 0 : weight(gone);
  }

  Future<ExecutionSnapshot> of(String executionId) {
    ExecutionSnapshot known = held.get(executionId);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return stores
        .executions
        .get(executionId)
        .map(
            (VersionedEntity<Execution> found) -> {
              hold(found.value());
              return found.value().snapshot();
            });
  }

  /** The command to run a task's current attempt. */
  static TaskRun command(Task task, ExecutionSnapshot snapshot, long logLimit) {
    return TaskRunBuilder.builder()
        .executionId(task.executionId())
        .taskId(task.id())
        .attempt(task.attempt())
        .token(task.token())
        .mode(task.mode())
        .suite(snapshot.suiteName())
        .inputs(snapshot.inputs())
        .outputs(snapshot.outputs())
        .tests(testsOf(task, snapshot))
        .parameters(snapshot.scenario().parameters())
        .running(task.running())
        .logLimit(logLimit)
        .build();
  }

  /** The longest that stopping any stage of the task's tests may take. */
  static Duration stopTime(Task task, ExecutionSnapshot snapshot) {
    return testsOf(task, snapshot).stream()
        .flatMap(test -> test.stages().stream())
        .map(Stage::stopTimeout)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static List<Test> testsOf(Task task, ExecutionSnapshot snapshot) {
    if (task.attemptTestIds().size() == snapshot.tests().size()) {
      return snapshot.tests();
    }
    Set<String> wanted = new HashSet<>(task.attemptTestIds());
    return snapshot.tests().stream().filter(test -> wanted.contains(test.id())).toList();
  }

  private static int weight(ExecutionSnapshot snapshot) {
    return 1 + snapshot.tests().size();
  }
}
