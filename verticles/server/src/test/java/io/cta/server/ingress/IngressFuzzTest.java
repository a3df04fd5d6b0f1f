package io.cta.server.ingress;

import static io.cta.broker.TestEventLoop.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.MessageBroker;
import io.cta.broker.TestEventLoop;
import io.cta.broker.embedded.EmbeddedBroker;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.BusCodecs;
import io.cta.bus.ReceivedEvent;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
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

/** Any message on an event queue reaches its service or the dead letters and blocks no other. */
@Timeout(60)
class IngressFuzzTest {
  private static final List<String> QUEUES =
      List.of(QueueNames.REGISTRATION, QueueNames.STATES, QueueNames.RESULTS, QueueNames.LOGS);
  private static final List<String> TYPES =
      List.of(
          MessageTypes.MACHINE_REGISTERED,
          MessageTypes.MACHINE_HEARTBEAT,
          MessageTypes.TASK_ACKED,
          MessageTypes.STATUSES_REPORTED,
          MessageTypes.LOG_WRITTEN,
          "task.danced");

  @Test
  void everyMessageIsSettled() {
    Vertx vertx = Vertx.vertx();
    try {
      BusCodecs.register(vertx);
      TestEventLoop loop = new TestEventLoop(vertx);
      MessageBroker broker = new EmbeddedBroker(vertx, Clock.systemUTC());
      AtomicInteger served = new AtomicInteger();
      for (String address : List.of(BusAddresses.REGISTRATION_RECEIVE, BusAddresses.tracking(0))) {
        BusAdapter.<ReceivedEvent>serve(vertx, address, e -> counted(served));
      }
      await(vertx.deployVerticle(new IngressVerticle(broker, 1)));
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
        MessageEnvelope.of(payloads.pick(TYPES), "agent/m1", payloads.next()).encode().getBytes();
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
