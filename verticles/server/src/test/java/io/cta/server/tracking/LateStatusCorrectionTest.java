package io.cta.server.tracking;

import static io.cta.server.tracking.TrackingFixture.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.tracking.TrackingFixture.AgentStub;
import io.cta.state.TaskFact;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A report and the end of its attempt are processed on two nodes: what is stored is counted. */
@Timeout(60)
class LateStatusCorrectionTest {
  private static final ResultCounts ONE_OK = new ResultCounts(1, 0, 0, 0, 0, 0);

  private final Vertx vertx = Vertx.vertx();
  private final Vertx other = Vertx.vertx();
  private final MemoryStore store = new MemoryStore(vertx);
  private final TrackingFixture node = new TrackingFixture(vertx, store);
  private final Promise<Void> held = Promise.promise();
  private final Promise<Void> gate = Promise.promise();
  private final TrackingFixture slow = new TrackingFixture(other, gated());
  private Task task;
  private AgentStub agent;

  @BeforeEach
  void runs() {
    slow.deployed(new ClusterNode("slow", Duration.ofSeconds(2)));
    task = node.planned(1, 0, 0, "a").get(0);
    agent = node.release(task, "m1");
    Instant now = Instant.now();
    node.writer.apply(task.id(), new TaskFact.Acked(1, agent.token(), "m1", now)).await();
  }

  @AfterEach
  void close() {
    node.close();
    slow.close();
    vertx.close().await();
    other.close().await();
  }

  @Test
  void aStatusStoredAfterTheEndIsCountedAfterTheEnd() {
    deployed();
    Future<Object> report = agent.to(slow).reports(report("a", 1, Result.OK));
    held.future().await();
    lost();
    Task over = node.until(task, t -> t.state().terminal());
    assertEquals(Result.INCONCLUSIVE, over.result());
    node.execution(task.executionId(), e -> e.result() == Result.INCONCLUSIVE);
    gate.complete();
    report.await();
    assertCorrected(ONE_OK);
  }

  @Test
  void aStatusStoredWhileTheEndIsCountedMustBeSentAgain() {
    Future<Object> report = agent.to(slow).reports(report("a", 1, Result.OK));
    held.future().await();
    lost();
    gate.complete();
    assertEquals(ErrorCode.UNAVAILABLE, assertThrows(ServiceFailure.class, report::await).code());
    Future<Object> early = agent.to(slow).reports(report("a", 1, Result.OK));
    assertEquals(ErrorCode.UNAVAILABLE, assertThrows(ServiceFailure.class, early::await).code());
    deployed();
    node.until(task, t -> t.state().terminal());
    agent.to(slow).reports(report("a", 1, Result.OK)).await();
    // the status was known by then, so the test counts as interrupted
    assertCorrected(new ResultCounts(1, 0, 1, 0, 0, 0));
  }

  @Test
  void aStatusStoredButNotCountedIsCountedWhenTheReportComesAgain() {
    deployed();
    lost();
    node.until(task, t -> t.state().terminal());
    Status kept = status();
    node.stores.statuses.insert(kept.id(), kept).await();
    agent.reports(report("a", 1, Result.OK)).await();
    assertCorrected(ONE_OK);
  }

  @Test
  void aLateReportOfWhichNothingIsStoredIsRefused() {
    deployed();
    lost();
    Task over = node.until(task, t -> t.state().terminal());
    agent.reports(report("a", 1, Result.OK)).await();
    assertEquals(over, node.task(task));
    assertEquals(1, node.statuses(task).size());
    assertEquals(1, node.commands.size());
  }

  @Test
  void anotherMachineWithTheSameAttemptIsRefusedAtOnce() {
    deployed();
    agent.reports(report("a", 1, Result.OK)).await();
    agent.of("m2").reports(report("a", 1, Result.FAILED)).await();
    assertEquals(1, node.commands.size());
    agent.ended(1).await();
    assertEquals(Result.OK, node.until(task, t -> t.state().terminal()).result());
    assertEquals(1, node.statuses(task).size());
  }

  private void deployed() {
    node.deployed(new ClusterNode("quick", Duration.ofSeconds(2)));
  }

  private void lost() {
    node.writer.apply(task.id(), new TaskFact.Lost(1, "machineLost", Instant.now())).await();
  }

  private void assertCorrected(ResultCounts counts) {
    Task corrected = node.task(task);
    // the machine was lost, and a report does not change that
    assertEquals(Result.INCONCLUSIVE, corrected.result());
    assertEquals(counts, corrected.counts());
    node.execution(task.executionId(), e -> e.counts().equals(counts));
  }

  private Status status() {
    return StatusBuilder.builder()
        .id(Status.id(task.id(), 1, 1))
        .executionId(task.executionId())
        .taskId(task.id())
        .attempt(1)
        .testId("a")
        .testName("a")
        .name("case 1")
        .index(1)
        .result(Result.OK)
        .source(StatusSource.REPORT)
        .durationMs(3L)
        .machineId("m1")
        .machineName("m1")
        .at(Instant.now())
        .build();
  }

  /** The same store, as seen by a node that is delayed when it stores reports. */
  private DocumentStore gated() {
    return (DocumentStore)
        Proxy.newProxyInstance(
            DocumentStore.class.getClassLoader(),
            new Class<?>[] {DocumentStore.class},
            (proxy, method, args) -> {
              if (method.getName().equals("apply") && isReport((List<?>) args[0])) {
                held.tryComplete();
                List<?> writes = (List<?>) args[0];
                return gate.future()
                    .compose(
                        v -> store.apply(writes.stream().map(DocumentWrite.class::cast).toList()));
              }
              try {
                return method.invoke(store, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static boolean isReport(List<?> writes) {
    return writes.stream()
        .anyMatch(
            w ->
                w instanceof DocumentWrite.Insert insert
                    && insert.collection() == StoreCollections.STATUSES
                    && !"server".equals(insert.body().getString("source")));
  }
}
