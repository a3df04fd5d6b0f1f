package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.LogStored;
import io.cta.bus.MachineChanged;
import io.cta.bus.StatusesStored;
import io.cta.bus.TaskChanged;
import io.cta.domain.LogChunk;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.EntityRepository;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Viewers see no stored field that is not in a view. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FeedLeakTest {
  private static final LiveLimits LIMITS =
      new LiveLimits(20, 5, 4_096, 500_000, 50, 100, 10_000, 20_000, 60_000);

  @Test
  void noMessageHasAnythingThatNoViewNames(Vertx vertx) throws Exception {
    LiveServer server = new LiveServer(vertx);
    await(
        server.store.apply(
            List.of(
                document(StoreCollections.EXECUTIONS, "E1"),
                document(StoreCollections.TASKS, "E1-0"),
                document(StoreCollections.STATUSES, "E1-0.1.1"),
                document(StoreCollections.MACHINES, "m"))));
    await(server.start(LIMITS));
    WatchingClient client =
        WatchingClient.asViewer(server, "fleet", "executions", "execution.E1", "log.E1-0");
    StoreRepositories stores = new StoreRepositories(server.store);
    announce(
        vertx,
        BusAddresses.MACHINE_CHANGED,
        new MachineChanged(stored(stores.machines, "m"), 1, 0.5, 1_000, false));
    announce(vertx, BusAddresses.TASK_CHANGED, new TaskChanged(stored(stores.tasks, "E1-0"), 1));
    announce(
        vertx,
        BusAddresses.STATUSES_STORED,
        new StatusesStored("E1", "E1-0", List.of(stored(stores.statuses, "E1-0.1.1"))));
    announce(
        vertx,
        BusAddresses.EXECUTION_CHANGED,
        new ExecutionChanged(stored(stores.executions, "E1"), 1));
    LogChunk chunk = SampleRecords.chunk("E1-0", 0, 0, "hello".getBytes(StandardCharsets.UTF_8));
    announce(vertx, BusAddresses.LOG_STORED, new LogStored(chunk));

    Set<String> kinds = new HashSet<>();
    Set<String> all = Set.of("machines", "activity", "tasks", "statuses", "executions", "text");
    while (!kinds.containsAll(all)) {
      JsonObject message = client.next(m -> m.containsKey("data"));
      assertFalse(message.encode().contains("secret"), message.encode());
      kinds.addAll(message.getJsonObject("data").fieldNames());
    }
  }

  private static DocumentWrite document(CollectionSpec collection, String id) {
    JsonObject body =
        new JsonObject()
            .put("id", id)
            .put("name", "n")
            .put("executionId", "E1")
            .put("taskId", "E1-0")
            .put("machineId", "m")
            .put("state", "running")
            .put("counts", new JsonObject().put("secretThing", "x"))
            .put("secretThing", "x")
            .put("token", "secret-token");
    return new DocumentWrite.Insert(collection, id, body);
  }

  private static <T> T stored(EntityRepository<T> repository, String id) throws Exception {
    return await(repository.get(id)).value();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static void announce(Vertx vertx, String address, Object body) {
    BusAdapter.announce(vertx, address, body);
  }
}
