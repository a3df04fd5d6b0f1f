package io.cta.server.aggregation;

import static io.cta.server.tracking.TrackingFixture.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionChanged;
import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.VersionedEntity;
import io.cta.server.tracking.TrackingFixture;
import io.cta.server.tracking.TrackingFixture.AgentStub;
import io.cta.state.TaskFact;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executions are updated from their tasks. */
@Timeout(60)
class AggregationTest {
  private final Vertx vertx = Vertx.vertx();
  private final TrackingFixture rig = new TrackingFixture(vertx, new MemoryStore(vertx)).deployed();

  @AfterEach
  void close() {
    rig.close();
    vertx.close().await();
  }

  @Test
  void anExecutionEndsWithTheWorstResultOfItsTasks() {
    List<ExecutionChanged> heard = new CopyOnWriteArrayList<>();
    BusAdapter.<ExecutionChanged>hear(vertx, BusAddresses.EXECUTION_CHANGED, heard::add);
    List<Task> tasks = rig.planned(50, 0, 0, "a");
    String id = tasks.get(0).executionId();
    for (Task task : tasks) {
      AgentStub agent = rig.release(task, "m" + task.ordinal());
      agent.acked();
      agent.started();
      agent.reports(report("a", 1, task.ordinal() == 7 ? Result.FAILED : Result.OK));
      agent.ended(1);
    }
    Execution over = rig.execution(id, e -> e.state().terminal());
    assertEquals(State.FINISHED, over.state());
    assertEquals(Result.FAILED, over.result());
    assertEquals(50, over.tasksDone());
    assertEquals(49, over.counts().ok());
    assertNull(over.deadline());
    List<ExecutionChanged> last = rig.poll(() -> heard, h -> !h.isEmpty() && over(h));
    assertEquals(over, last.get(last.size() - 1).execution());
    long terminal = last.stream().filter(c -> c.execution().state().terminal()).count();
    assertEquals(1, terminal);
    // 200 changes of tasks cause far fewer writes of the execution
    assertTrue(last.size() < 60, "writes: " + last.size());
  }

  @Test
  void changesOfOthersToTheExecutionStay() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.started().await();
    rig.execution(task.executionId(), e -> e.state() == State.RUNNING);
    change(task.executionId(), new JsonObject().put("cancelledBy", "bob").put("pinned", true));
    agent.ended(0).await();
    Execution over = rig.execution(task.executionId(), e -> e.state().terminal());
    assertEquals("bob", over.cancelledBy());
    assertTrue(over.pinned());
  }

  @Test
  void anExecutionWhoseTasksEndBeforeItIsPlannedEndsOnceItIs() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    change(task.executionId(), new JsonObject().put("planned", false).put("taskCount", 0));
    rig.undeploy();
    rig.deployed();
    Instant now = Instant.now();
    rig.writer.apply(task.id(), new TaskFact.CancelRequested(now, now)).await();
    rig.until(task, t -> t.state() == State.CANCELLED);
    assertEquals(State.PENDING, rig.execution(task.executionId(), e -> e.tasksDone() == 1).state());
    change(task.executionId(), new JsonObject().put("planned", true).put("taskCount", 1));
    assertEquals(
        State.CANCELLED, rig.execution(task.executionId(), e -> e.state().terminal()).state());
  }

  @Test
  void changesMissedWhileTheServerWasDownAreAppliedAtStart() {
    List<Task> tasks = rig.planned(2, 0, 0, "a");
    rig.undeploy();
    AgentStub agent = rig.release(tasks.get(0), "m1");
    Instant now = Instant.now();
    rig.writer
        .apply(
            tasks.get(0).id(),
            List.of(
                new TaskFact.Acked(1, agent.token(), "m1", now),
                new TaskFact.Started(1, agent.token(), "m1", now)))
        .await();
    rig.deployed();
    Execution running = rig.execution(tasks.get(0).executionId(), e -> e.state() == State.RUNNING);
    assertNotNull(running.startedAt());
    assertEquals(running.startedAt().plusSeconds(7_210), running.deadline());
  }

  private static boolean over(List<ExecutionChanged> heard) {
    return heard.get(heard.size() - 1).execution().state().terminal();
  }

  private void change(String executionId, JsonObject fields) {
    VersionedEntity<Execution> found = rig.stores.executions.get(executionId).await();
    JsonObject body = io.cta.json.JsonMapping.toObject(found.value()).mergeIn(fields);
    Execution next = io.cta.json.JsonMapping.fromObject(body, Execution.class);
    rig.stores.executions.replace(executionId, found, next).await();
  }
}
