package io.cta.server.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionChanged;
import io.cta.domain.Configuration;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.Repository;
import io.cta.domain.ResolvedInput;
import io.cta.domain.Result;
import io.cta.domain.Scenario;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;
import io.cta.message.AttemptReasons;
import io.cta.message.MessageTypes;
import io.cta.message.SourcesResolved;
import io.cta.server.store.MemoryStore;
import io.cta.server.tracking.TrackingFixture.AgentStub;
import io.cta.state.TaskFact;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What agents say of their inputs: the first answer is kept, and every other one ends its attempt.
 */
@Timeout(60)
class SourceRecorderTest {
  private static final String FIRST = "1".repeat(40);
  private static final String OTHER = "2".repeat(40);

  private final Vertx vertx = Vertx.vertx();
  private final TrackingFixture rig = new TrackingFixture(vertx, new MemoryStore(vertx)).deployed();
  private final List<Execution> announced = new CopyOnWriteArrayList<>();
  private final List<Task> tasks = rig.planned(2, 0, 1, "a");
  private final String id = tasks.get(0).executionId();

  @BeforeEach
  void anExecutionThatFollowsABranch() {
    BusAdapter.<ExecutionChanged>hear(
        vertx, BusAddresses.INPUTS_RESOLVED, changed -> announced.add(changed.execution()));
    Repository input =
        new Repository(null, "git", null, "https://h/app.git", null, "main", null, null);
    ExecutionSnapshot snapshot =
        new ExecutionSnapshot(
            of("{'name':'n','suite':'s','configuration':'c'}", Scenario.class),
            of("{'name':'c'}", Configuration.class),
            "s",
            List.of(input),
            List.of(),
            List.of(),
            Map.of());
    ExecutionSpec spec = new ExecutionSpec(id, snapshot, "ann", Instant.EPOCH, null);
    rig.stores.documents.apply(List.of(rig.stores.specs.inserting(spec))).await();
    rig.stores
        .executions
        .update(id, e -> ExecutionBuilder.builder(e).resolving(true).build())
        .await();
  }

  @AfterEach
  void close() {
    rig.close();
    vertx.close().await();
  }

  @Test
  void theFirstAnswerIsStoredAnnouncedAndNamesWhatIsTested() {
    says(taken(0), FIRST).await();
    Execution stored = rig.execution(id, e -> !e.resolving());
    assertEquals(FIRST, stored.source().commit());
    assertEquals(List.of(resolved(FIRST)), stored.resolvedInputs());
    assertEquals(stored.resolvedInputs(), announced.get(0).resolvedInputs());
  }

  @Test
  void theSameAnswerAgainChangesNothing() {
    AgentStub first = taken(0);
    says(first, FIRST).await();
    says(first, FIRST).await();
    says(taken(1), FIRST).await();
    assertEquals(1, announced.size());
    assertEquals(State.ACKED, rig.task(tasks.get(1)).state());
  }

  @Test
  void anAttemptWithOtherInputsEndsAndCannotBeOk() {
    says(taken(0), FIRST).await();
    AgentStub second = taken(1);
    Future.join(
            says(second, OTHER),
            second.started(),
            second.reports(TrackingFixture.report("a", 1, Result.OK)),
            second.ended(1))
        .await();
    Task again = rig.until(tasks.get(1), task -> !task.attempts().isEmpty());
    assertEquals(AttemptReasons.INPUTS_DIFFER, again.attempts().get(0).reason());
    assertTrue(again.attempts().get(0).infra());
    assertFalse(again.state().terminal(), "it is tried again");
    assertEquals(FIRST, rig.execution(id, e -> true).source().commit());
  }

  @Test
  void anAttemptThatIsNoLongerTheTasksOwnSaysNothing() {
    AgentStub lost = taken(0);
    rig.writer
        .apply(lost.taskId(), new TaskFact.Lost(1, AttemptReasons.MACHINE_LOST, Instant.now()))
        .await();
    rig.until(tasks.get(0), task -> task.attempts().size() == 1);
    says(lost, OTHER).await();
    assertTrue(rig.execution(id, e -> true).resolving());
    says(taken(0), FIRST).await();
    assertEquals(FIRST, rig.execution(id, e -> !e.resolving()).source().commit());
  }

  private AgentStub taken(int task) {
    AgentStub agent = rig.release(tasks.get(task), "m" + task);
    agent.acked().await();
    return agent;
  }

  private static Future<Object> says(AgentStub agent, String commit) {
    return agent.say(
        MessageTypes.SOURCES_RESOLVED,
        new SourcesResolved(
            agent.executionId(),
            agent.taskId(),
            agent.attempt(),
            agent.token(),
            agent.machineId(),
            List.of(resolved(commit))));
  }

  private static ResolvedInput resolved(String commit) {
    return new ResolvedInput(0, commit, null, "main", "ann", "a change");
  }

  private static <T> T of(String json, Class<T> type) {
    return JsonMapping.fromObject(new JsonObject(json.replace('\'', '"')), type);
  }
}
