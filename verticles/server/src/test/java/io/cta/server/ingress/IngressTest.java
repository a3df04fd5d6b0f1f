package io.cta.server.ingress;

import static io.cta.broker.TestEventLoop.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.DeadLetter;
import io.cta.broker.ManualConsumer;
import io.cta.broker.MessageBroker;
import io.cta.broker.TestEventLoop;
import io.cta.broker.embedded.EmbeddedBroker;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.BusCodecs;
import io.cta.bus.ReceivedEvent;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IngressTest {
  private static final int PARTITIONS = 2;

  private final Vertx vertx = Vertx.vertx();
  private final TestEventLoop loop = new TestEventLoop(vertx);
  private final MessageBroker broker = new EmbeddedBroker(vertx, Clock.systemUTC());
  private final IngressVerticle ingress = new IngressVerticle(broker, PARTITIONS);
  private String deployed;

  @BeforeEach
  void setUp() {
    BusCodecs.register(vertx);
    await(vertx.deployVerticle(ingress).onSuccess(id -> deployed = id));
  }

  @AfterEach
  void end() {
    await(vertx.close());
  }

  @Test
  void an_event_is_confirmed_only_after_its_service_has_answered() {
    Promise<Void> stored = Promise.promise();
    Promise<MessageEnvelope> asked = Promise.promise();
    serve(
        BusAddresses.tracking(BusAddresses.partition("e1", PARTITIONS)),
        e -> {
          asked.complete(e);
          return stored.future();
        });
    MessageEnvelope sent = event(MessageTypes.TASK_ACKED, "e1");
    Future<Void> confirmed = publish(QueueNames.STATES, sent.encode());
    assertEquals(sent.id(), await(asked.future()).id());
    assertFalse(confirmed.isComplete());
    stored.complete();
    await(confirmed);
  }

  @Test
  void messages_unsettled_when_the_ingress_stops_return_to_the_queue() {
    String address = BusAddresses.tracking(BusAddresses.partition("e1", PARTITIONS));
    Promise<MessageEnvelope> asked = Promise.promise();
    serve(
        address,
        e -> {
          asked.tryComplete(e);
          return Promise.<Void>promise().future();
        });
    publish(QueueNames.STATES, event(MessageTypes.TASK_ACKED, "e1").encode());
    await(asked.future());
    await(vertx.undeploy(deployed));
    ManualConsumer next = new ManualConsumer();
    loop.call(() -> broker.subscribe(QueueNames.STATES, 1, next));
    assertEquals(asked.future().result().id(), MessageEnvelope.decode(next.next().message()).id());
  }

  @Test
  void a_removed_event_queue_is_declared_and_read_again() {
    AtomicInteger seen = new AtomicInteger();
    serve(BusAddresses.REGISTRATION_RECEIVE, e -> counted(seen));
    loop.call(() -> broker.delete(QueueNames.REGISTRATION));
    ingress.lost("cta.machine.x");
    ingress.lost(QueueNames.REGISTRATION);
    Buffer hello = event(MessageTypes.MACHINE_REGISTERED, null).encode();
    while (seen.get() == 0) {
      // repeats until the queue is back; the test's timeout is the limit
      await(publish(QueueNames.REGISTRATION, hello).otherwiseEmpty());
    }
  }

  @Test
  void each_execution_goes_to_its_own_partition() {
    AtomicInteger[] seen = {new AtomicInteger(), new AtomicInteger()};
    for (int p = 0; p < PARTITIONS; p++) {
      AtomicInteger count = seen[p];
      serve(BusAddresses.tracking(p), e -> counted(count));
    }
    for (int i = 0; i < 20; i++) {
      await(publish(QueueNames.RESULTS, event(MessageTypes.STATUSES_REPORTED, "e" + i).encode()));
      int partition = BusAddresses.partition("e" + i, PARTITIONS);
      assertTrue(seen[partition].getAndSet(0) == 1 && seen[1 - partition].get() == 0);
    }
  }

  @Test
  void machine_events_go_to_registration() {
    AtomicInteger seen = new AtomicInteger();
    serve(BusAddresses.REGISTRATION_RECEIVE, e -> counted(seen));
    for (String type :
        new String[] {
          MessageTypes.MACHINE_REGISTERED, MessageTypes.MACHINE_HEARTBEAT, MessageTypes.MACHINE_GONE
        }) {
      await(publish(QueueNames.REGISTRATION, event(type, null).encode()));
    }
    assertEquals(3, seen.get());
  }

  @Test
  void garbage_unknown_types_and_events_of_no_execution_are_dead_letters() {
    await(publish(QueueNames.STATES, Buffer.buffer("garbage")));
    await(publish(QueueNames.STATES, Buffer.buffer("{}")));
    await(publish(QueueNames.RESULTS, event("task.danced", "e1").encode()));
    await(publish(QueueNames.LOGS, event(MessageTypes.LOG_WRITTEN, null).encode()));
    ManualConsumer deadLetters = new ManualConsumer();
    loop.call(() -> broker.subscribe(QueueNames.DEAD_LETTER, 1, deadLetters));
    assertTrue(reason(deadLetters).startsWith("malformed JSON"));
    assertTrue(reason(deadLetters).startsWith("not an envelope"));
    assertEquals("unknown type task.danced", reason(deadLetters));
    assertEquals("the payload of log.written has no executionId", reason(deadLetters));
  }

  @Test
  void a_queue_takes_its_own_types_only() {
    AtomicInteger seen = new AtomicInteger();
    serve(BusAddresses.REGISTRATION_RECEIVE, e -> counted(seen));
    serve(BusAddresses.tracking(BusAddresses.partition("e1", PARTITIONS)), e -> counted(seen));
    ManualConsumer deadLetters = new ManualConsumer();
    loop.call(() -> broker.subscribe(QueueNames.DEAD_LETTER, 1, deadLetters));
    String[][] wrong = {
      {QueueNames.STATES, MessageTypes.MACHINE_REGISTERED},
      {QueueNames.LOGS, MessageTypes.MACHINE_HEARTBEAT},
      {QueueNames.RESULTS, MessageTypes.TASK_ENDED},
      {QueueNames.REGISTRATION, MessageTypes.STATUSES_REPORTED}
    };
    for (String[] of : wrong) {
      await(publish(of[0], event(of[1], "e1").encode()));
      assertEquals(of[0] + " does not take " + of[1], reason(deadLetters));
    }
    assertEquals(0, seen.get());
  }

  @Test
  void an_event_that_contradicts_its_sender_is_a_dead_letter() {
    ManualConsumer deadLetters = new ManualConsumer();
    loop.call(() -> broker.subscribe(QueueNames.DEAD_LETTER, 1, deadLetters));
    JsonObject payload = new JsonObject().put("executionId", "e1").put("machineId", "m2");
    await(
        publish(
            QueueNames.STATES,
            MessageEnvelope.of(MessageTypes.TASK_ACKED, "agent/m1", payload).encode()));
    assertEquals("task.acked: agent m1 speaks for machine m2", reason(deadLetters));
  }

  @Test
  void an_event_of_brackets_or_of_megabytes_is_a_dead_letter_at_once() {
    ManualConsumer deadLetters = new ManualConsumer();
    loop.call(() -> broker.subscribe(QueueNames.DEAD_LETTER, 1, deadLetters));
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    await(
        publish(
            QueueNames.RESULTS,
            Buffer.buffer("{\"type\":\"statuses.reported\",\"payload\":{\"x\":" + deep + "}}")));
    assertTrue(reason(deadLetters).startsWith("malformed JSON"));
    await(publish(QueueNames.RESULTS, Buffer.buffer(new byte[3_000_000])));
    assertTrue(reason(deadLetters).contains("at most 2097152 bytes"));
  }

  @Test
  void an_event_that_its_service_refuses_as_invalid_or_not_found_is_a_dead_letter() {
    ManualConsumer deadLetters = new ManualConsumer();
    loop.call(() -> broker.subscribe(QueueNames.DEAD_LETTER, 1, deadLetters));
    serve(
        BusAddresses.REGISTRATION_RECEIVE,
        e -> Future.failedFuture(ServiceFailure.notFound("machine", "m1")));
    await(publish(QueueNames.REGISTRATION, event(MessageTypes.MACHINE_GONE, null).encode()));
    assertEquals("machine.gone: no machine m1", reason(deadLetters));
    serve(
        BusAddresses.tracking(BusAddresses.partition("e1", PARTITIONS)),
        e -> Future.failedFuture(ServiceFailure.invalid("attempt", "must be 1 or more")));
    await(publish(QueueNames.STATES, event(MessageTypes.TASK_ACKED, "e1").encode()));
    assertEquals("task.acked: attempt must be 1 or more", reason(deadLetters));
  }

  @Test
  void any_other_failure_is_tried_again() {
    AtomicInteger tries = new AtomicInteger();
    serve(
        BusAddresses.REGISTRATION_RECEIVE,
        e ->
            tries.incrementAndGet() < 4
                ? Future.failedFuture(new ServiceFailure(ErrorCode.INTERNAL, "store broke"))
                : Future.succeededFuture());
    await(publish(QueueNames.REGISTRATION, event(MessageTypes.MACHINE_GONE, null).encode()));
    assertEquals(4, tries.get());
    assertEquals(0, loop.call(broker::health).deadLettered());
  }

  @Test
  void an_event_whose_service_is_not_there_yet_waits_for_it() {
    Future<Void> confirmed =
        publish(QueueNames.REGISTRATION, event(MessageTypes.MACHINE_GONE, null).encode());
    AtomicInteger seen = new AtomicInteger();
    vertx.setTimer(100, id -> serve(BusAddresses.REGISTRATION_RECEIVE, e -> counted(seen)));
    await(confirmed);
    assertEquals(1, seen.get());
  }

  private void serve(
      String address, java.util.function.Function<MessageEnvelope, Future<?>> service) {
    BusAdapter.<ReceivedEvent>serve(vertx, address, event -> service.apply(event.envelope()));
  }

  private static Future<Void> counted(AtomicInteger count) {
    count.incrementAndGet();
    return Future.succeededFuture();
  }

  private Future<Void> publish(String queue, Buffer message) {
    return loop.start(() -> broker.publish(queue, message));
  }

  private static MessageEnvelope event(String type, String executionId) {
    return MessageEnvelope.of(type, "agent/m1", new JsonObject().put("executionId", executionId));
  }

  private static String reason(ManualConsumer deadLetters) {
    ManualConsumer.Delivery next = deadLetters.next();
    next.ack();
    return DeadLetter.decode(next.message()).reason();
  }
}
