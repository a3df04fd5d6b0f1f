package io.cta.server.bridge;

import static io.cta.broker.OnContext.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.Broker;
import io.cta.broker.OnContext;
import io.cta.broker.embedded.EmbeddedBroker;
import io.cta.bus.Addresses;
import io.cta.bus.Codecs;
import io.cta.bus.Consumers;
import io.cta.message.Envelope;
import io.cta.message.Queues;
import io.cta.message.Types;
import io.cta.server.sim.RandomPayload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is on an event queue reaches its service or the dead letters, and holds up nothing. */
@Timeout(60)
class IngressFuzzTest {
  private static final List<String> QUEUES =
      List.of(Queues.REGISTRATION, Queues.STATES, Queues.RESULTS, Queues.LOGS);
  private static final List<String> TYPES =
      List.of(
          Types.MACHINE_REGISTERED,
          Types.MACHINE_HEARTBEAT,
          Types.TASK_ACKED,
          Types.STATUSES_REPORTED,
          Types.LOG_WRITTEN,
          "task.danced");

  @Test
  void everyMessageIsSettled() {
    Vertx vertx = Vertx.vertx();
    try {
      Codecs.register(vertx);
      OnContext loop = new OnContext(vertx);
      Broker broker = new EmbeddedBroker(vertx, Clock.systemUTC());
      AtomicInteger served = new AtomicInteger();
      for (String address : List.of(Addresses.REGISTRATION_RECEIVE, Addresses.tracking(0))) {
        Consumers.<Envelope>serve(vertx, address, e -> counted(served));
      }
      await(vertx.deployVerticle(new BridgeVerticle(broker, 1)));
      RandomPayload payloads = new RandomPayload(31);
      Random random = new Random(37);
      int sent = 0;
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (sent < 20_000 && System.nanoTime() < end) {
        Buffer message = message(payloads, random);
        String queue = payloads.pick(QUEUES);
        await(loop.start(() -> broker.publish(queue, message)));
        sent++;
      }
      long dead = loop.call(broker::health).deadLettered();
      assertEquals(sent, served.get() + dead);
      assertTrue(served.get() > 20 && dead > 20, served + " served, " + dead + " dead");
    } finally {
      await(vertx.close());
    }
  }

  private static Buffer message(RandomPayload payloads, Random random) {
    byte[] bytes =
        Envelope.of(payloads.pick(TYPES), "agent/m1", payloads.next()).encode().getBytes();
    for (int n = random.nextInt(3); n > 0; n--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return Buffer.buffer(bytes).getBuffer(0, bytes.length - random.nextInt(2));
  }

  private static Future<Void> counted(AtomicInteger count) {
    count.incrementAndGet();
    return Future.succeededFuture();
  }
}
