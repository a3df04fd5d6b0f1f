package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.TaskChanged;
import io.cta.domain.State;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A viewer that joins at any time sees an execution only go forward, and sees its end. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LiveOrderTest {
  private static final LiveLimits LIMITS =
      LiveLimitsBuilder.builder()
          .viewers(20)
          .topics(5)
          .inboundFrame(4_096)
          .unsentChars(500_000)
          .pending(50)
          .paceMillis(1)
          .helloMillis(10_000)
          .pingMillis(20_000)
          .recheckMillis(60_000)
          .build();
  private LiveServer server;

  @BeforeEach
  void start(Vertx vertx) throws Exception {
    server = new LiveServer(vertx).start(LIMITS).toCompletionStage().toCompletableFuture().get();
    JsonObject execution = new JsonObject().put("id", "E1");
    server
        .store
        .apply(List.of(new DocumentWrite.Insert(StoreCollections.EXECUTIONS, "E1", execution)))
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  @Test
  void statesOnlyGoForwardAndTheEndIsShown() throws Exception {
    WatchingClient early = WatchingClient.asViewer(server, "execution.E1");
    WatchingClient overview = WatchingClient.asViewer(server, "executions");
    announce(State.PENDING, 1);
    announce(State.ACKED, 2);
    assertEquals(State.ACKED.wire(), last(states(early, State.ACKED)));
    assertEquals(State.ACKED.wire(), last(states(overview, State.ACKED)));
    WatchingClient late = WatchingClient.asViewer(server, "execution.E1");
    announce(State.RUNNING, 3);
    states(early, State.RUNNING);
    // announcements from another node may arrive out of order
    announce(State.ACKED, 2);
    announce(State.FINISHED, 4);
    announce(State.RUNNING, 3);
    for (WatchingClient client : List.of(early, overview, late)) {
      List<String> seen = states(client, State.FINISHED);
      assertEquals(List.of(), seen.stream().filter(State.ACKED.wire()::equals).toList());
    }
    // later announcements are shown later, or in the same message
    announceOthers();
    for (WatchingClient client : List.of(early, overview, late)) {
      assertEquals(List.of(), statesUntilOthers(client), "after the end");
    }
  }

  /** The states of the execution that the viewer sees until the given one. */
  private static List<String> states(WatchingClient client, State until) throws Exception {
    List<String> seen = new ArrayList<>();
    while (seen.isEmpty() || !last(seen).equals(until.wire())) {
      collect(client.delta(), seen);
    }
    return seen;
  }

  private static List<String> statesUntilOthers(WatchingClient client) throws Exception {
    List<String> seen = new ArrayList<>();
    JsonObject message;
    do {
      message = client.delta();
      collect(message, seen);
    } while (!message.encode().contains("E2") && !message.encode().contains("E1-0"));
    return seen;
  }

  private static void collect(JsonObject message, List<String> seen) {
    JsonObject data = message.getJsonObject("data", new JsonObject());
    for (Object view : data.getJsonArray("executions", new JsonArray())) {
      if (((JsonObject) view).getString("id").equals("E1")) {
        seen.add(((JsonObject) view).getString("state"));
      }
    }
  }

  private static String last(List<String> seen) {
    return seen.get(seen.size() - 1);
  }

  private void announceOthers() {
    BusAdapter.announce(
        server.vertx,
        BusAddresses.EXECUTION_CHANGED,
        SampleRecords.execution("E2", State.RUNNING, 1));
    BusAdapter.announce(
        server.vertx,
        BusAddresses.TASK_CHANGED,
        new TaskChanged(SampleRecords.task("E1-0", "m", State.FINISHED), 9));
  }

  private void announce(State state, long version) {
    BusAdapter.announce(
        server.vertx,
        BusAddresses.EXECUTION_CHANGED,
        SampleRecords.execution("E1", state, version));
  }
}
