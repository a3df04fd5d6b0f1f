package io.cta.server.gateway;

import static io.cta.broker.TestEventLoop.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.broker.ManualConsumer;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slow side slows down the other; nothing is dropped and nothing grows without bound. */
@Timeout(60)
class BackPressureTest extends GatewayFixture {
  @Test
  void the_gateway_reads_no_further_while_too_much_is_in_flight() {
    serve(GatewayLimits.STANDARD.withPublishes(4));
    WebSocketLink link = link("m1", "s1", new RecordingLinkListener());
    await(link.connect());
    List<Future<Void>> publishes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      publishes.add(link.publish(QueueNames.STATES, Buffer.buffer("m" + i)));
    }
    ManualConsumer states = reading(QueueNames.STATES, 100);
    List<ManualConsumer.Delivery> first = states.next(4);
    states.nothingMore();
    first.forEach(ManualConsumer.Delivery::ack);
    for (int i = 4; i < 100; i++) {
      states.ack("m" + i);
    }
    await(Future.all(publishes));
  }

  @Test
  void an_agent_gets_no_more_unsettled_deliveries_than_the_gateway_allows() {
    serve(GatewayLimits.STANDARD);
    WebSocketLink link = link("m1", "s1", new RecordingLinkListener());
    await(link.connect());
    ManualConsumer slow = new ManualConsumer();
    await(link.subscribe(QueueNames.machine("m1"), 1_000_000, slow));
    for (int i = 0; i < 300; i++) {
      loop.call(() -> server.broker.publish(QueueNames.machine("m1"), Buffer.buffer("run")));
    }
    List<ManualConsumer.Delivery> taken = slow.next(256);
    slow.nothingMore();
    taken.forEach(ManualConsumer.Delivery::ack);
    slow.next(44);
  }

  @Test
  void messages_for_an_agent_that_does_not_read_stay_in_the_broker() {
    serve(GatewayLimits.STANDARD);
    StallingProxy proxy = new StallingProxy(vertx, server.port());
    WebSocketLink link = link(proxy.port(), "m1", "s1", new RecordingLinkListener());
    await(link.connect());
    await(link.subscribe(QueueNames.machine("m1"), 200, new ManualConsumer()));
    proxy.stopReading();
    Buffer big = Buffer.buffer(new byte[1 << 20]);
    for (int i = 0; i < 60; i++) {
      loop.call(() -> server.broker.publish(QueueNames.machine("m1"), big));
    }
    ManualConsumer other = reading(QueueNames.machine("m1"), 200);
    assertEquals(30, other.next(30).size());
    assertEquals(1, server.gateway.counts().connected());
    proxy.close();
  }
}
