package io.cta.broker.embedded;

import static io.cta.broker.TestEventLoop.await;
import static io.cta.broker.TestEventLoop.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.BrokerHealth;
import io.cta.broker.DeliveryRejected;
import io.cta.broker.ManualConsumer;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.broker.TestEventLoop;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is special to the broker in memory: its bounds, and its use from several event loops. */
@Timeout(60)
class EmbeddedBrokerTest {
  private final Vertx vertx = Vertx.vertx();
  private final TestEventLoop loop = new TestEventLoop(vertx);

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void a_full_queue_refuses_and_takes_again_once_there_is_room() {
    MessageBroker broker = new EmbeddedBroker(vertx, Clock.systemUTC());
    loop.call(() -> broker.declare("q", new QueueSpec(QueueSpec.Confirm.STORED, 3, 2)));
    loop.call(() -> broker.publish("q", Buffer.buffer("a")));
    loop.call(() -> broker.publish("q", Buffer.buffer("b")));
    assertEquals(ErrorCode.UNAVAILABLE, refusal(broker, "c"));
    ManualConsumer manualConsumer = new ManualConsumer();
    loop.call(() -> broker.subscribe("q", 1, manualConsumer));
    manualConsumer.ack("a");
    manualConsumer.next();
    loop.call(() -> broker.publish("q", Buffer.buffer("c")));
  }

  @Test
  void all_queues_together_hold_no_more_bytes_than_allowed() {
    MessageBroker broker = new EmbeddedBroker(vertx, Clock.systemUTC(), 10);
    loop.call(() -> broker.declare("q", QueueSpec.commands()));
    loop.call(() -> broker.declare("other", QueueSpec.commands()));
    loop.call(() -> broker.publish("other", Buffer.buffer("12345678")));
    assertEquals(ErrorCode.UNAVAILABLE, refusal(broker, "123"));
    loop.call(() -> broker.delete("other"));
    loop.call(() -> broker.publish("q", Buffer.buffer("123")));
  }

  @Test
  void the_oldest_dead_letters_are_dropped_and_counted() {
    MessageBroker broker = new EmbeddedBroker(vertx, Clock.systemUTC());
    loop.call(() -> broker.declare("q", QueueSpec.commands()));
    loop.call(
        () ->
            broker.subscribe("q", 1000, m -> Future.failedFuture(new DeliveryRejected("no use"))));
    Buffer big = Buffer.buffer(new byte[1 << 20]);
    for (int i = 0; i < 40; i++) {
      loop.call(() -> broker.publish("q", big));
    }
    BrokerHealth health = healthAfter(broker, 40);
    assertTrue(health.detail().contains("held 23, forgotten 17"), health.detail());
  }

  @Test
  void an_unknown_queue_is_not_found() {
    MessageBroker broker = new EmbeddedBroker(vertx, Clock.systemUTC());
    assertEquals(ErrorCode.NOT_FOUND, refusal(broker, "x"));
  }

  @Test
  void declaring_with_other_settings_is_a_conflict() {
    MessageBroker broker = new EmbeddedBroker(vertx, Clock.systemUTC());
    loop.call(() -> broker.declare("q", QueueSpec.commands()));
    Throwable why = failure(loop.start(() -> broker.declare("q", QueueSpec.events())));
    assertEquals(ErrorCode.CONFLICT, ((ServiceFailure) why).code());
  }

  @Test
  void publishers_and_consumers_on_several_event_loops_lose_and_double_nothing() {
    MessageBroker broker = new EmbeddedBroker(vertx, Clock.systemUTC());
    loop.call(() -> broker.declare("q", QueueSpec.events()));
    AtomicInteger[] seen = new AtomicInteger[40_000];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = new AtomicInteger();
    }
    for (int i = 0; i < 3; i++) {
      new TestEventLoop(vertx)
          .call(
              () ->
                  broker.subscribe(
                      "q",
                      100,
                      m -> {
                        seen[m.getInt(0)].incrementAndGet();
                        return Future.succeededFuture();
                      }));
    }
    List<Future<?>> publishers = new ArrayList<>();
    for (int p = 0; p < 4; p++) {
      int first = p * 10_000;
      publishers.add(new TestEventLoop(vertx).start(() -> publishAll(broker, first, 10_000)));
    }
    await(Future.all(publishers));
    for (AtomicInteger count : seen) {
      assertEquals(1, count.get());
    }
  }

  private static Future<Void> publishAll(MessageBroker broker, int first, int n) {
    Promise<Void> all = Promise.promise();
    AtomicInteger left = new AtomicInteger(n);
    for (int i = 0; i < n; i++) {
      broker
          .publish("q", Buffer.buffer().appendInt(first + i))
          .onFailure(all::tryFail)
          .onSuccess(
              v -> {
                if (left.decrementAndGet() == 0) {
                  all.complete();
                }
              });
    }
    return all.future();
  }

  private ErrorCode refusal(MessageBroker broker, String text) {
    Throwable why = failure(loop.start(() -> broker.publish("q", Buffer.buffer(text))));
    return ((ServiceFailure) why).code();
  }

  private BrokerHealth healthAfter(MessageBroker broker, long deadLettered) {
    BrokerHealth health = loop.call(broker::health);
    for (int i = 0; i < 10_000 && health.deadLettered() < deadLettered; i++) {
      health = loop.call(broker::health);
    }
    return health;
  }
}
