package io.cta.server.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.StatusReport;
import io.cta.server.store.MemoryStore;
import io.cta.server.tracking.TrackingFixture.AgentStub;
import io.cta.state.ExecutionFold;
import io.cta.state.StatusFold;
import io.cta.state.StatusSummary;
import io.cta.state.TaskFact;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The invariants hold while agents repeat events in any order, machines get lost, the store refuses
 * writes and the server restarts.
 */
@Timeout(120)
class ChaosTest {
  private static final String[] TESTS = {"a", "b", "c"};
  private static final int TASKS = 40;

  private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theInvariantsHold(long seed) {
    Random random = new Random(seed);
    Random faults = new Random(-seed);
    Vertx vertx = Vertx.vertx();
    MemoryStore store = new MemoryStore(vertx);
    TrackingFixture rig = new TrackingFixture(vertx, store);
    List<Task> tasks = rig.planned(TASKS, 1, 2, TESTS);
    rig.deployed();
    store.beforeWrites(
        writes -> {
          if (faults.nextInt(10) == 0) {
            throw new ServiceFailure(ErrorCode.UNAVAILABLE, "no");
          }
          return writes;
        });
    for (int attempt = 1; attempt <= 4; attempt++) {
      List<Task> waiting =
          tasks.stream().map(rig::task).filter(t -> !t.state().terminal()).toList();
      List<Future<Object>> sent = new ArrayList<>();
      for (Task task : waiting) {
        runAttempt(rig, random, task, sent);
      }
      rig.undeploy();
      rig.deployed();
      Future.join(sent).await();
      int number = attempt;
      tasks.forEach(t -> rig.until(t, x -> x.state().terminal() || x.attempts().size() == number));
    }
    store.beforeWrites(writes -> writes);
    tasks.forEach(task -> check(rig, rig.task(task)));
    checkExecution(rig, tasks);
    rig.close();
    vertx.close().await();
  }

  /** Runs one attempt, which ends or whose machine gets lost. */
  private void runAttempt(
      TrackingFixture rig, Random random, Task task, List<Future<Object>> sent) {
    String machine = "m" + random.nextInt(5);
    AgentStub agent = release(rig, task, machine);
    List<Supplier<Future<Object>>> pendingFacts = new ArrayList<>();
    pendingFacts.add(agent::acked);
    pendingFacts.add(agent::started);
    int statuses = random.nextInt(12);
    for (int index = 1; index <= statuses; index++) {
      StatusReport report =
          TrackingFixture.report(
              TESTS[random.nextInt(TESTS.length)], index, Result.values()[random.nextInt(4)]);
      int confirmedIndex = index;
      pendingFacts.add(
          () -> agent.reports(report).onSuccess(v -> confirmed.add(id(agent, confirmedIndex))));
    }
    pendingFacts.add(() -> agent.ended(statuses));
    if (random.nextInt(4) == 0) {
      untilStored(rig.vertx, agent::acked).await();
      TaskFact lost = new TaskFact.Lost(agent.attempt(), "machineLost", Instant.now());
      pendingFacts.add(() -> rig.writer.apply(task.id(), lost).map(step -> (Object) step));
    }
    pendingFacts.addAll(List.copyOf(pendingFacts).subList(0, random.nextInt(pendingFacts.size())));
    Collections.shuffle(pendingFacts, random);
    pendingFacts.forEach(event -> sent.add(untilStored(rig.vertx, event)));
  }

  private static AgentStub release(TrackingFixture rig, Task task, String machine) {
    while (true) {
      try {
        return rig.release(task, machine);
      } catch (ServiceFailure refusedByTheStore) {
        continue;
      }
    }
  }

  /** Sends an event until it is stored, as brokers and journals do. */
  private static <T> Future<T> untilStored(Vertx vertx, Supplier<Future<T>> event) {
    return event
        .get()
        .recover(
            e -> vertx.timer(1, TimeUnit.MILLISECONDS).compose(t -> untilStored(vertx, event)));
  }

  private void check(TrackingFixture rig, Task task) {
    assertTrue(task.state().terminal(), () -> "I1 " + task);
    List<Status> stored = rig.statuses(task);
    Set<String> ids = new HashSet<>();
    stored.forEach(s -> assertTrue(ids.add(s.id()), () -> "I2 doubled " + s.id()));
    StatusSummary sum = StatusFold.of(stored).sum(task.testIds());
    assertEquals(sum.counts(), task.counts(), "the counts are those of the stored statuses");
    assertEquals(sum.result(), task.result());
    for (String test : TESTS) {
      assertTrue(sum.tests().containsKey(test), () -> "I4 nothing of " + test);
    }
    List<Integer> numbers = task.attempts().stream().map(a -> a.number()).toList();
    assertEquals(numbers.size(), new HashSet<>(numbers).size(), "I3");
    for (String id : confirmed) {
      if (id.startsWith(task.id() + "." + task.attempt() + ".") && !lost(task)) {
        assertTrue(ids.contains(id), () -> "I2 lost " + id);
      }
    }
  }

  private static boolean lost(Task task) {
    return task.attempts().get(task.attempts().size() - 1).infra();
  }

  private static String id(AgentStub agent, int index) {
    return Status.id(agent.taskId(), agent.attempt(), index);
  }

  private static void checkExecution(TrackingFixture rig, List<Task> tasks) {
    String id = tasks.get(0).executionId();
    Execution over = rig.execution(id, e -> e.state().terminal());
    Execution fresh =
        rig.execution(id, e -> true); // computed once more from scratch, it must be the same
    assertEquals(State.FINISHED, over.state());
    List<Task> all = tasks.stream().map(rig::task).toList();
    assertEquals(TASKS, fresh.tasksDone());
    assertEquals(
        all.stream().map(Task::counts).reduce(io.cta.domain.ResultCounts.NONE, (a, b) -> a.plus(b)),
        fresh.counts());
    assertTrue(ExecutionFold.fold(fresh, all) == fresh);
  }
}
