package io.cta.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.ExecutionBuilder;
import io.cta.domain.TaskBuilder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change is heard by those who hear all, and by the owner of its partition alone. */
@Timeout(30)
class ChangeFeedTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void register() {
    BusCodecs.register(vertx);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 256})
  void onlyTheOwnerOfItsPartitionHearsAChange(int partitions) {
    run(
        () -> {
          for (int p = 0; p < partitions; p++) {
            String owner = p + " ";
            ChangeFeed.hearTasks(
                vertx, p, partitions, (c, o) -> heard.add(owner + c.task().id() + " " + o));
            ChangeFeed.hearExecutions(
                vertx, p, partitions, (c, o) -> heard.add(owner + c.execution().id() + " " + o));
          }
          for (int i = 0; i < 50; i++) {
            ChangeFeed.announce(vertx, task("E" + i));
            ChangeFeed.announce(vertx, execution("E" + i));
          }
        });
    assertEquals(100, heard.size());
    for (int i = 0; i < 50; i++) {
      int owner = BusAddresses.partition("E" + i, partitions);
      assertEquals(owner + " E" + i + "-0 HERE", heard.get(2 * i));
      assertEquals(owner + " E" + i + " HERE", heard.get(2 * i + 1));
    }
  }

  @Test
  void whoHearsAllHearsChangesOfOtherNodesToo() {
    run(
        () -> {
          BusAdapter.<TaskChanged>hearFrom(
              vertx, BusAddresses.TASK_CHANGED, (c, o) -> heard.add("all " + o));
          ChangeFeed.hearTasks(vertx, 0, 1, (c, o) -> heard.add("owner " + o));
          ChangeFeed.announce(vertx, task("E"));
          ChangeFeed.passOn(vertx, BusAddresses.TASK_CHANGED, task("E"), EventOrigin.ELSEWHERE);
          ChangeFeed.passOn(vertx, BusAddresses.MACHINE_EDITED, "m", EventOrigin.STORE);
        });
    assertEquals(List.of("all HERE", "owner HERE", "all ELSEWHERE", "owner ELSEWHERE"), heard);
  }

  /** On one event loop, which hears everything before it comes to the end of what it was given. */
  private void run(Runnable work) {
    Promise<Void> done = Promise.promise();
    vertx.runOnContext(
        v -> {
          work.run();
          vertx.runOnContext(later -> vertx.runOnContext(last -> done.complete()));
        });
    Future<Void> over = done.future();
    over.await();
  }

  private static TaskChanged task(String executionId) {
    return new TaskChanged(
        TaskBuilder.builder().id(executionId + "-0").executionId(executionId).build(), 1);
  }

  private static ExecutionChanged execution(String id) {
    return new ExecutionChanged(ExecutionBuilder.builder().id(id).build(), 1);
  }
}
