package io.cta.server.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.BusCodecs;
import io.cta.bus.TaskChanged;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ActiveTasksTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final StoreRepositories stores = new StoreRepositories(new MemoryStore(vertx));
  private final Context loop = vertx.getOrCreateContext();
  private final List<String> heard = new ArrayList<>();
  private final ActiveTasks tasks =
      new ActiveTasks((before, now, origin) -> heard.add((before == null) + " " + now.state()));

  @BeforeEach
  void start() {
    BusCodecs.register(vertx);
    Task waiting = TaskWriterTest.task(0);
    Task taken = TaskWriterTest.task(1).edit().state(State.ACKED).machineId("m1").done();
    Task over = TaskWriterTest.task(2).edit().state(State.FINISHED).done();
    for (Task task : List.of(waiting, taken, over)) {
      stores.tasks.insert(task.id(), task).await();
    }
    on(t -> t.start(vertx, stores)).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void startsWithTheStoredTasksThatAreNotOver() {
    assertEquals(2, size(ActiveTasks::size));
    assertEquals("E-0", only(ActiveTasks::waiting));
    assertEquals("E-1", only(t -> t.ofMachine("m1")));
    assertEquals(2, size(t -> t.ofExecution("E").size()));
    assertNull(on(t -> t.get("E-2")));
  }

  @Test
  void followsAnnouncements() {
    Task released = TaskWriterTest.task(0).edit().releasedAt(NOW).machineId("m2").done();
    announce(released, 2);
    assertEquals(0, size(t -> t.waiting().size()));
    assertEquals("E-0", only(t -> t.ofMachine("m2")));
    announce(released.edit().state(State.CANCELLED).done(), 3);
    assertEquals(1, size(ActiveTasks::size));
    assertEquals(0, size(t -> t.ofMachine("m2").size()));
    assertEquals(List.of("true PENDING", "true ACKED", "false PENDING", "false CANCELLED"), heard);
  }

  @Test
  void anOlderAnnouncementThatArrivesLaterChangesNothing() {
    announce(TaskWriterTest.task(0).edit().state(State.FINISHED).done(), 5);
    announce(TaskWriterTest.task(0).edit().releasedAt(NOW).done(), 4);
    assertNull(on(t -> t.get("E-0")));
  }

  private void announce(Task task, long version) {
    BusAdapter.announce(vertx, BusAddresses.TASK_CHANGED, new TaskChanged(task, version));
  }

  private String only(Function<ActiveTasks, Collection<Task>> what) {
    List<Task> found = on(t -> List.copyOf(what.apply(t)));
    assertEquals(1, found.size());
    return found.get(0).id();
  }

  private int size(Function<ActiveTasks, Integer> what) {
    return on(what);
  }

  /** Reads on the tasks' own event loop, after all earlier announcements. */
  private <R> R on(Function<ActiveTasks, R> what) {
    Promise<R> answer = Promise.promise();
    loop.runOnContext(v -> loop.runOnContext(w -> answer.complete(what.apply(tasks))));
    return answer.future().await();
  }
}
