package io.cta.broker.kafka;

import static io.cta.broker.TestEventLoop.await;
import static io.cta.broker.TestEventLoop.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.cta.broker.ConditionPoller;
import io.cta.broker.ManualConsumer;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.cta.broker.TestEventLoop;
import io.cta.broker.kafka.connection.KafkaSettings;
import io.cta.broker.kafka.connection.TopicKind;
import io.cta.broker.kafka.group.ClaimRecord;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when Kafka, or another reader, dies, stalls or refuses. */
@Timeout(120)
class KafkaFaultTest {
  private static KafkaServer server;

  private final Vertx vertx = Vertx.vertx();
  private final TestEventLoop loop = new TestEventLoop(vertx);
  private final List<KafkaBroker> brokers = new ArrayList<>();

  @BeforeAll
  static void start() {
    server = KafkaServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void close() {
    brokers.forEach(b -> await(b.close()));
    await(vertx.close());
  }

  @Test
  void nothing_is_lost_or_acked_early_when_kafka_is_killed_and_comes_back() {
    int messages = 2_000;
    LinkEventRecorder events = new LinkEventRecorder();
    KafkaBroker broker = connect("publisher", events);
    events.expect("up");
    KafkaBroker reader = connect("reader", new LinkEventRecorder());
    loop.call(() -> broker.declare("cta.faults", QueueSpec.events()));
    loop.call(() -> broker.declare("cta.machine.faults", QueueSpec.commands()));
    loop.call(() -> broker.publish("cta.machine.faults", Buffer.buffer("held")));
    ManualConsumer held = new ManualConsumer();
    loop.call(() -> reader.subscribe("cta.machine.faults", 5, held));
    held.next();
    Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
    loop.call(() -> reader.subscribe("cta.faults", 100, message -> record(seen, message)));

    AtomicInteger confirmed = new AtomicInteger();
    List<Future<Void>> published = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      int n = i;
      published.add(loop.start(() -> broker.publish("cta.faults", event(n))));
      published.get(i).onSuccess(v -> confirmed.incrementAndGet());
      if (i == messages / 2) {
        ConditionPoller.holds(() -> confirmed.get() >= messages / 10);
        server.kill();
      }
    }
    events.expect("down");
    assertFalse(loop.call(broker::health).up());
    server.restart();
    events.expect("up");
    published.forEach(TestEventLoop::await);
    ConditionPoller.holds(
        () -> seen.values().stream().mapToInt(l -> Set.copyOf(l).size()).sum() == messages);
    seen.forEach(
        (execution, all) ->
            assertEquals(
                all.stream().distinct().sorted().toList(), all.stream().distinct().toList()));

    loop.call(() -> broker.publish("cta.machine.faults", Buffer.buffer("next")));
    held.ack("next");
    await(reader.close());
    KafkaBroker successor = connect("successor", new LinkEventRecorder());
    ManualConsumer rest = new ManualConsumer();
    loop.call(() -> successor.subscribe("cta.machine.faults", 5, rest));
    rest.ack("held");
    rest.nothingMore();
  }

  @Test
  void a_broker_that_starts_before_kafka_keeps_calls_until_kafka_is_up() {
    server.kill();
    LinkEventRecorder events = new LinkEventRecorder();
    KafkaBroker broker = broker("early", events);
    Future<Void> connected = loop.start(broker::connect);
    events.expect("down");
    ManualConsumer manualConsumer = new ManualConsumer();
    Future<Void> declared =
        loop.start(() -> broker.declare("cta.group.early", QueueSpec.commands()));
    Future<Void> published =
        loop.start(() -> broker.publish("cta.group.early", Buffer.buffer("early")));
    assertFalse(connected.isComplete() || declared.isComplete() || published.isComplete());
    server.restart();
    events.expect("up");
    await(connected);
    await(declared);
    await(published);
    loop.call(() -> broker.subscribe("cta.group.early", 1, manualConsumer));
    manualConsumer.ack("early");
  }

  @Test
  void calls_that_wait_for_kafka_are_bounded_and_fail_when_the_broker_is_closed() {
    KafkaBroker broker = broker("alone", new LinkEventRecorder());
    Future<Void> waiting = loop.start(() -> broker.publish("cta.states", Buffer.buffer("m")));
    Buffer big = Buffer.buffer(new byte[TopicKind.MAX_MESSAGE_BYTES]);
    List<Future<Void>> more =
        IntStream.range(0, 32)
            .mapToObj(i -> loop.start(() -> broker.publish("cta.states", big)))
            .toList();
    assertEquals(ErrorCode.UNAVAILABLE, code(more.get(31)));
    assertFalse(waiting.isComplete() || more.get(0).isComplete());
    Buffer over = Buffer.buffer(new byte[TopicKind.MAX_MESSAGE_BYTES + 1]);
    assertEquals(ErrorCode.TOO_LARGE, code(loop.start(() -> broker.publish("cta.states", over))));
    await(broker.close());
    assertEquals(ErrorCode.UNAVAILABLE, code(waiting));
    assertEquals(ErrorCode.UNAVAILABLE, code(loop.start(() -> broker.publish("cta.states", big))));
  }

  @Test
  void a_message_that_a_dead_member_of_a_group_had_claimed_reaches_another() {
    String queue = "cta.group.dead-member";
    KafkaBroker broker = connect("alive", new LinkEventRecorder());
    loop.call(() -> broker.declare(queue, QueueSpec.commands()));
    loop.call(() -> broker.publish(queue, Buffer.buffer("a")));
    // a member that claims the message and is never heard of again
    publishClaim(queue, ClaimRecord.here("ghost"));
    publishClaim(queue, ClaimRecord.claim("ghost", 0, 1));
    loop.call(() -> broker.publish(queue, Buffer.buffer("b")));
    ManualConsumer manualConsumer = new ManualConsumer();
    loop.call(() -> broker.subscribe(queue, 1, manualConsumer));
    manualConsumer.ack("b");
    manualConsumer.nothingMore();
    manualConsumer.ack("a");
  }

  @Test
  void a_slow_member_of_a_group_keeps_what_it_has_and_holds_back_nothing_else() {
    String queue = "cta.group.slow-member";
    KafkaBroker slow = connect("slow", new LinkEventRecorder());
    KafkaBroker quick = connect("quick", new LinkEventRecorder());
    loop.call(() -> slow.declare(queue, QueueSpec.commands()));
    loop.call(() -> slow.publish(queue, Buffer.buffer("long")));
    ManualConsumer toSlow = new ManualConsumer();
    loop.call(() -> slow.subscribe(queue, 1, toSlow));
    ManualConsumer.Delivery held = toSlow.next();
    ManualConsumer toQuick = new ManualConsumer();
    QueueSubscription quickly = loop.call(() -> quick.subscribe(queue, 1, toQuick));
    for (int i = 0; i < 20; i++) {
      String text = "m" + i;
      loop.call(() -> slow.publish(queue, Buffer.buffer(text)));
      toQuick.ack(text);
    }
    // longer than a silent member would keep it
    for (int i = 0; i < 40; i++) {
      toQuick.nothingMore();
    }
    held.ack();
    loop.call(quickly::cancel);
    loop.call(() -> slow.publish(queue, Buffer.buffer("end")));
    toSlow.ack("end");
  }

  @Test
  void members_of_a_group_share_its_messages_and_none_gets_one_twice() {
    String queue = "cta.group.shared";
    Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    Set<Integer> takers = ConcurrentHashMap.newKeySet();
    List<KafkaBroker> members = new ArrayList<>();
    for (int m = 0; m < 3; m++) {
      members.add(connect("member-" + m, new LinkEventRecorder()));
    }
    loop.call(() -> members.get(0).declare(queue, QueueSpec.commands()));
    for (int m = 0; m < 3; m++) {
      int taker = m;
      loop.call(
          () ->
              members
                  .get(taker)
                  .subscribe(
                      queue,
                      2,
                      message -> {
                        takers.add(taker);
                        seen.computeIfAbsent(message.toString(), k -> new AtomicInteger())
                            .incrementAndGet();
                        return Future.succeededFuture();
                      }));
    }
    for (int i = 0; i < 200; i++) {
      String text = "m" + i;
      loop.start(() -> members.get(0).publish(queue, Buffer.buffer(text)));
    }
    ConditionPoller.holds(() -> seen.size() == 200);
    seen.forEach((text, times) -> assertEquals(1, times.get(), text));
    assertEquals(Set.of(0, 1, 2), takers);
  }

  @Test
  void the_topic_of_a_group_that_ended_is_removed_and_its_members_are_told()
      throws ExecutionException, InterruptedException {
    String queue = "cta.group.ended";
    KafkaBroker server1 = connect("server-1", new LinkEventRecorder());
    LinkEventRecorder events = new LinkEventRecorder();
    KafkaBroker agent = connect("agent", events);
    events.expect("up");
    loop.call(() -> server1.declare(queue, QueueSpec.commands()));
    loop.call(() -> agent.subscribe(queue, 1, new ManualConsumer()));
    loop.call(() -> server1.delete(queue));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrap()))) {
      assertFalse(admin.listTopics().names().get().contains(queue));
    }
    events.expect("lost " + queue);
    Throwable why = failure(loop.start(() -> agent.publish(queue, Buffer.buffer("late"))));
    assertEquals(ErrorCode.NOT_FOUND, ((ServiceFailure) why).code());
  }

  @Test
  void a_wrong_password_is_refused_and_the_right_one_is_not() {
    KafkaSettings settings = KafkaSettings.of(server.secureBootstrap(), "secure");
    LinkEventRecorder events = new LinkEventRecorder();
    KafkaBroker wrong = broker(settings.withSecurity(KafkaServer.credentials("wrong")), events);
    loop.start(wrong::connect);
    events.expect("refused 401");
    assertFalse(loop.call(wrong::health).up());
    KafkaBroker right =
        broker(settings.withSecurity(KafkaServer.credentials("secret")), new LinkEventRecorder());
    loop.call(right::connect);
    loop.call(() -> right.declare("cta.machine.secure", QueueSpec.commands()));
    loop.call(() -> right.publish("cta.machine.secure", Buffer.buffer("m")));
    ManualConsumer manualConsumer = new ManualConsumer();
    loop.call(() -> right.subscribe("cta.machine.secure", 1, manualConsumer));
    manualConsumer.ack("m");
  }

  private KafkaBroker connect(String node, LinkEventRecorder events) {
    KafkaBroker broker = broker(node, events);
    loop.call(broker::connect);
    return broker;
  }

  private KafkaBroker broker(String node, LinkEventRecorder events) {
    return broker(KafkaSettings.of(server.bootstrap(), node).withPartitions(3), events);
  }

  private KafkaBroker broker(KafkaSettings settings, LinkEventRecorder events) {
    KafkaBroker broker = new KafkaBroker(vertx, TimeSource.system(), settings, events);
    brokers.add(broker);
    return broker;
  }

  private static Buffer event(int n) {
    JsonObject payload = new JsonObject().put("executionId", "E" + n % 10).put("n", n);
    return new JsonObject().put("source", "test").put("payload", payload).toBuffer();
  }

  private static Future<Void> record(Map<String, List<Integer>> seen, Buffer message) {
    JsonObject payload = message.toJsonObject().getJsonObject("payload");
    seen.merge(
        payload.getString("executionId"),
        List.of(payload.getInteger("n")),
        (before, now) -> {
          List<Integer> all = new ArrayList<>(before);
          all.addAll(now);
          return all;
        });
    return Future.succeededFuture();
  }

  private static void publishClaim(String queue, ClaimRecord claim) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", server.bootstrap());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(claim.encode(queue));
    }
  }

  private static ErrorCode code(Future<?> future) {
    return ((ServiceFailure) failure(future)).code();
  }
}
