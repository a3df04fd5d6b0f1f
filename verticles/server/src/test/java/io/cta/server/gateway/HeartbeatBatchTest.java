package io.cta.server.gateway;

import static io.cta.broker.TestEventLoop.await;
import static io.cta.broker.TestEventLoop.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.broker.ManualConsumer;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.MachineGone;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A heartbeat waits for others, and still keeps its place among the messages of its agent. */
@Timeout(60)
class HeartbeatBatchTest extends GatewayFixture {
  private ManualConsumer registration;

  @BeforeEach
  void setUp() {
    serve(GatewayLimits.STANDARD);
    registration = reading(QueueNames.REGISTRATION, 10);
  }

  @Test
  void heartbeatsOfSeveralAgentsPassAndAreConfirmed() {
    List<Future<Void>> confirmed = new ArrayList<>();
    for (String machine : List.of("m1", "m2", "m3")) {
      WebSocketLink link = connected(machine);
      confirmed.add(loop.start(() -> link.publish(QueueNames.REGISTRATION, heartbeat(machine))));
    }
    for (int i = 0; i < 3; i++) {
      registration.next().ack();
    }
    await(Future.all(confirmed).mapEmpty());
  }

  @Test
  void whatAnAgentSaysAfterItsHeartbeatComesAfterIt() {
    WebSocketLink link = connected("m1");
    loop.start(() -> link.publish(QueueNames.REGISTRATION, heartbeat("m1")));
    loop.start(() -> link.publish(QueueNames.REGISTRATION, heartbeat("m1")));
    loop.start(() -> link.publish(QueueNames.REGISTRATION, leaving("m1")));
    assertEquals(
        List.of(
            MessageTypes.MACHINE_HEARTBEAT,
            MessageTypes.MACHINE_HEARTBEAT,
            MessageTypes.MACHINE_GONE),
        List.of(nextType(), nextType(), nextType()));
  }

  @Test
  void theLastHeartbeatOfALinkComesBeforeItsEnd() {
    WebSocketLink link = connected("m1");
    loop.start(() -> link.publish(QueueNames.REGISTRATION, heartbeat("m1")));
    // refused at once, so the heartbeat has arrived
    failure(loop.start(() -> link.publish("other", heartbeat("m1"))));
    await(link.close());
    assertEquals(
        List.of(MessageTypes.MACHINE_HEARTBEAT, MessageTypes.MACHINE_GONE),
        List.of(nextType(), nextType()));
  }

  private WebSocketLink connected(String machine) {
    WebSocketLink link = link(machine, "s1", new RecordingLinkListener());
    await(link.connect());
    return link;
  }

  private String nextType() {
    ManualConsumer.Delivery next = registration.next();
    next.ack();
    return MessageEnvelope.decode(next.message()).type();
  }

  private static Buffer leaving(String machineId) {
    return MessageEnvelope.of(
            MessageTypes.MACHINE_GONE,
            MessageSource.ofAgent(machineId),
            new MachineGone(machineId, "s1", "ends"))
        .encode();
  }
}
