package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.State;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SockJsTest {
  private LiveServer server;
  private WatchingClient client;

  @BeforeEach
  void start(Vertx vertx) throws Exception {
    server =
        new LiveServer(vertx)
            .start(LiveLimits.DEFAULT)
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    client =
        WatchingClient.open(
            server,
            WatchingClient.at(server.port(), "/eventbus/websocket")
                .putHeader("Authorization", "Bearer viewer"));
  }

  @Test
  void theBridgeCarriesTheSameMessages() throws Exception {
    register("live.executions");
    // this protocol does not confirm a registration, so announce until it arrives
    JsonObject rec = null;
    for (int i = 1; rec == null && i < 100; i++) {
      BusAdapter.announce(
          server.vertx,
          BusAddresses.EXECUTION_CHANGED,
          SampleRecords.execution("E1", State.RUNNING, i));
      rec = client.messages.poll(100, TimeUnit.MILLISECONDS);
    }
    assertEquals("rec", rec.getString("type"));
    assertEquals("live.executions", rec.getString("address"));
    JsonObject body = rec.getJsonObject("body");
    assertEquals("delta", body.getString("type"));
    assertEquals(
        "E1",
        body.getJsonObject("data").getJsonArray("executions").getJsonObject(0).getString("id"));
  }

  @Test
  void publishingAndSendingAreRefusedAndReachNobody() throws Exception {
    AtomicInteger heard = new AtomicInteger();
    server.vertx.eventBus().consumer("live.fleet", m -> heard.incrementAndGet());
    server.vertx.eventBus().consumer(BusAddresses.DISPATCH_CANCEL, m -> heard.incrementAndGet());
    for (String type : new String[] {"publish", "send"}) {
      for (String address : new String[] {"live.fleet", BusAddresses.DISPATCH_CANCEL}) {
        client.say(new JsonObject().put("type", type).put("address", address).put("body", "x"));
        assertEquals("err", client.next(m -> true).getString("type"));
      }
    }
    assertEquals(0, heard.get());
  }

  @Test
  void otherAddressesOfTheBusCannotBeHeard() throws Exception {
    for (String address :
        new String[] {BusAddresses.TASK_CHANGED, "live.", "live.secrets", "xlive.fleet"}) {
      register(address);
      JsonObject answer = client.next(m -> true);
      assertEquals("err", answer.getString("type"), address);
      assertTrue(
          answer.getString("body").matches("rejected|access_denied"), answer.getString("body"));
    }
  }

  private void register(String address) {
    client.say(new JsonObject().put("type", "register").put("address", address));
  }
}
