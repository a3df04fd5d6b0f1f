package io.cta.broker.rabbitmq;

import static io.cta.broker.TestEventLoop.await;
import static io.cta.broker.TestEventLoop.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.cta.broker.BackoffPolicy;
import io.cta.broker.ConditionPoller;
import io.cta.broker.DeadLetter;
import io.cta.broker.DeliveryCounts;
import io.cta.broker.DeliveryPostponed;
import io.cta.broker.LinkListener;
import io.cta.broker.ManualConsumer;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.cta.broker.RedeliveryDecision;
import io.cta.broker.TestEventLoop;
import io.cta.broker.rabbitmq.connection.RabbitSettings;
import io.cta.broker.rabbitmq.consume.RabbitDelivery;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when a RabbitMQ, or a queue on it, fails. */
@Timeout(120)
class RabbitFaultTest {
  private static final String QUEUE = "cta.fault";
  private static RabbitServer server;

  private final ManualConsumer manualConsumer = new ManualConsumer();
  private Vertx vertx;
  private TestEventLoop loop;
  private RabbitBroker broker;

  @BeforeAll
  static void start() throws IOException {
    server = RabbitServer.started();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void connect() {
    vertx = Vertx.vertx();
    loop = new TestEventLoop(vertx);
    broker = connected();
    loop.call(() -> broker.declare(QUEUE, QueueSpec.events()));
  }

  @AfterEach
  void close() {
    loop.call(() -> broker.delete(QUEUE));
    loop.call(broker::close);
    await(vertx.close());
  }

  @Test
  void unsettled_messages_of_a_killed_server_come_again_and_old_tags_do_no_harm()
      throws IOException {
    subscribe(2);
    publish("a");
    publish("b");
    publish("c");
    List<ManualConsumer.Delivery> before = manualConsumer.next(2);
    server.restart();
    before.forEach(ManualConsumer.Delivery::ack);
    Set<String> again = new TreeSet<>();
    while (again.size() < 3) {
      ManualConsumer.Delivery next = manualConsumer.next();
      again.add(next.text());
      next.ack();
    }
    assertEquals(Set.of("a", "b", "c"), again);
    manualConsumer.nothingMore();
  }

  @Test
  void a_queue_that_a_killed_server_leaves_without_a_leader_is_made_again() throws IOException {
    String young = "cta.group.young";
    server.settle();
    loop.call(() -> broker.declare(young, QueueSpec.commands()));
    server.crash();
    server.start();
    // how long the server itself waits before it refuses, 65 s by default
    server.ctl("eval", "application:set_env(kernel, net_ticktime, 1).");
    ConditionPoller.holds(() -> taken(young, "after"));
    loop.call(() -> broker.subscribe(young, 1, manualConsumer));
    manualConsumer.ack("after");
    loop.call(() -> broker.delete(young));
  }

  @Test
  void calls_made_while_the_server_is_away_wait_for_it() throws IOException {
    server.kill();
    Future<Void> declared = loop.start(() -> broker.declare("cta.later", QueueSpec.commands()));
    Future<QueueSubscription> subscribed =
        loop.start(() -> broker.subscribe(QUEUE, 1, manualConsumer));
    Future<Void> published = publishing("a");
    ConditionPoller.holds(() -> !loop.call(broker::health).up());
    assertFalse(declared.isComplete() || subscribed.isComplete() || published.isComplete());
    server.start();
    await(declared);
    await(subscribed);
    await(published);
    manualConsumer.ack("a");
    loop.call(() -> broker.delete("cta.later"));
  }

  @Test
  void a_memory_alarm_holds_up_publishers_until_it_ends() throws IOException {
    subscribe(10);
    publish("before");
    server.ctl("set_vm_memory_high_watermark", "0.000001");
    List<Future<Void>> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add(publishing("m" + i));
    }
    ConditionPoller.holds(() -> loop.call(broker::health).detail().contains("takes no messages"));
    assertFalse(loop.call(broker::health).up());
    // consuming is not affected
    manualConsumer.ack("before");
    assertFalse(waiting.get(99).isComplete());
    server.ctl("set_vm_memory_high_watermark", "absolute", "1GB");
    await(Future.all(waiting));
    for (int i = 0; i < 100; i++) {
      manualConsumer.ack("m" + i);
    }
    ConditionPoller.holds(() -> loop.call(broker::health).up());
  }

  @Test
  void a_broker_that_only_consumes_notices_an_alarm_too() throws IOException {
    subscribe(10);
    server.ctl("set_vm_memory_high_watermark", "0.000001");
    ConditionPoller.holds(() -> !loop.call(broker::health).up());
    server.ctl("set_vm_memory_high_watermark", "absolute", "1GB");
    ConditionPoller.holds(() -> loop.call(broker::health).up());
    publish("after");
    manualConsumer.ack("after");
  }

  @Test
  void a_consumer_that_the_server_does_not_know_any_more_is_noticed() {
    subscribe(1);
    // the server forgets the consumer and nobody tells the subscription
    broker.onContext(() -> broker.subscriptions().get(0).channel().stop());
    publish("a");
    manualConsumer.ack("a");
  }

  @Test
  void a_channel_closed_because_an_ack_took_too_long_is_opened_again() throws IOException {
    server.ctl("eval", "application:set_env(rabbit, consumer_timeout, 1000).");
    server.ctl("eval", "application:set_env(rabbit, channel_tick_interval, 500).");
    ManualConsumer other = new ManualConsumer();
    loop.call(() -> broker.declare("cta.other", QueueSpec.commands()));
    subscribe(1);
    loop.call(() -> broker.subscribe("cta.other", 1, other));
    publish("slow");
    manualConsumer.next();
    assertEquals("slow", manualConsumer.next().text());
    loop.call(() -> broker.publish("cta.other", Buffer.buffer("undisturbed")));
    other.ack("undisturbed");
    server.ctl("eval", "application:set_env(rabbit, consumer_timeout, 1800000).");
    server.ctl("eval", "application:set_env(rabbit, channel_tick_interval, 60000).");
    loop.call(() -> broker.delete("cta.other"));
  }

  @Test
  void a_queue_that_somebody_removed_is_made_again_for_publishers_and_subscribers()
      throws IOException {
    ManualConsumer other = new ManualConsumer();
    subscribe(1);
    loop.call(() -> broker.declare("cta.unwatched", QueueSpec.commands()));
    raw(channel -> channel.queueDelete(QUEUE));
    raw(channel -> channel.queueDelete("cta.unwatched"));
    publish("a");
    manualConsumer.ack("a");
    loop.call(() -> broker.publish("cta.unwatched", Buffer.buffer("b")));
    loop.call(() -> broker.subscribe("cta.unwatched", 1, other));
    other.ack("b");
    loop.call(() -> broker.delete("cta.unwatched"));
  }

  @Test
  void a_subscription_to_a_queue_of_others_is_lost_with_it_and_reported() throws IOException {
    List<String> lost = new CopyOnWriteArrayList<>();
    RabbitBroker agent =
        connected(
            new LinkListener() {
              @Override
              public void lost(String queue, String reason) {
                lost.add(queue);
              }
            });
    loop.call(() -> agent.subscribe(QUEUE, 1, manualConsumer));
    loop.call(() -> broker.delete(QUEUE));
    ConditionPoller.holds(() -> lost.equals(List.of(QUEUE)));
    Throwable why = failure(loop.start(() -> agent.subscribe(QUEUE, 1, manualConsumer)));
    assertEquals(ErrorCode.NOT_FOUND, ((ServiceFailure) why).code());
    loop.call(agent::close);
  }

  @Test
  void connections_that_somebody_closed_come_back() throws IOException {
    subscribe(1);
    server.ctl("close_all_connections", "maintenance");
    publish("a");
    manualConsumer.ack("a");
  }

  @Test
  void a_server_that_hangs_is_given_up_and_found_again_when_it_goes_on() throws IOException {
    subscribe(1);
    publish("a");
    manualConsumer.ack("a");
    server.freeze();
    try {
      ConditionPoller.holds(() -> !loop.call(broker::health).up());
    } finally {
      server.thaw();
    }
    publish("b");
    manualConsumer.ack("b");
  }

  @Test
  void a_group_queue_without_a_leader_holds_up_no_event_and_no_machine() throws IOException {
    String young = "cta.group.younger";
    String machine = "cta.machine.old";
    loop.call(() -> broker.declare(machine, QueueSpec.commands()));
    server.settle();
    loop.call(() -> broker.declare(young, QueueSpec.commands()));
    server.crash();
    server.start();
    loop.start(() -> broker.publish(young, Buffer.buffer("held up for a minute")));
    publish("an event");
    assertTrue(taken(machine, "a command"));
    loop.call(() -> broker.delete(machine));
  }

  @Test
  void a_queue_that_does_not_answer_holds_up_no_other() throws IOException {
    String silent = "cta.group.silent";
    String answering = "cta.group.answering";
    try (LossyProxy proxy = new LossyProxy(server.port(), silent)) {
      RabbitBroker behind = connected(proxy.uri(), Duration.ofSeconds(1), new LinkListener() {});
      Future<Void> asked = behind.declare(silent, QueueSpec.commands());
      loop.call(() -> behind.declare(answering, QueueSpec.commands()));
      assertFalse(asked.isComplete());
      proxy.heal();
      await(asked);
      loop.call(() -> behind.delete(answering));
      loop.call(() -> behind.delete(silent));
      loop.call(behind::close);
    }
  }

  @Test
  void a_message_that_kills_its_consumers_is_given_up_by_the_server() throws IOException {
    String queue = "cta.deadly";
    loop.call(() -> broker.declare(queue, new QueueSpec(QueueSpec.Confirm.STORED, 1, 10)));
    loop.call(() -> broker.publish(queue, Buffer.buffer("deadly")));
    for (int i = 0; i < 6; i++) {
      raw(
          channel -> {
            GetResponse got = channel.basicGet(queue, false);
            assertEquals("deadly", new String(got.getBody(), UTF_8));
          });
      ConditionPoller.holds(() -> ready(queue) == 1 || ready("cta.dead-letter") == 1);
    }
    DeadLetter deadLetter = deadLetter();
    assertEquals(queue, deadLetter.queue());
    assertEquals("given up: its consumers went away too often", deadLetter.reason());
    loop.call(() -> broker.delete(queue));
  }

  @Test
  void a_message_whose_queue_goes_while_it_waits_for_its_next_try_is_a_dead_letter()
      throws IOException {
    String queue = "cta.brief";
    RabbitDelivery message = new RabbitDelivery(1, queue, Map.of(), "homeless".getBytes(UTF_8));
    RedeliveryDecision again =
        RedeliveryDecision.of(new DeliveryPostponed("later"), new DeliveryCounts(0, 0), 3);
    Promise<Void> moved = Promise.promise();
    broker.onContext(
        () -> broker.failedDeliveryRouter().move(queue, message, again).onComplete(moved));
    await(moved.future());
    DeadLetter deadLetter = deadLetter();
    assertEquals(queue, deadLetter.queue());
    assertTrue(deadLetter.reason().startsWith("its queue was gone"), deadLetter.reason());
    assertEquals("homeless", new String(deadLetter.message(), UTF_8));
  }

  @Test
  void a_full_queue_refuses_and_takes_again_once_there_is_room() {
    String queue = "cta.small";
    loop.call(() -> broker.declare(queue, new QueueSpec(QueueSpec.Confirm.STORED, 3, 2)));
    // publishers hear of the limit with a delay
    ConditionPoller.holds(() -> !taken(queue, "x"));
    Throwable why = failure(loop.start(() -> broker.publish(queue, Buffer.buffer("x"))));
    assertEquals(ErrorCode.UNAVAILABLE, ((ServiceFailure) why).code());
    loop.call(() -> broker.subscribe(queue, 100, m -> Future.succeededFuture()));
    ConditionPoller.holds(() -> taken(queue, "y"));
    loop.call(() -> broker.delete(queue));
  }

  @Test
  void a_queue_that_is_there_with_other_settings_is_a_conflict_and_disturbs_nothing() {
    subscribe(1);
    RabbitBroker other = connected();
    QueueSpec different = new QueueSpec(QueueSpec.Confirm.STORED, 7, 100);
    Throwable why = failure(loop.start(() -> other.declare(QUEUE, different)));
    assertEquals(ErrorCode.CONFLICT, ((ServiceFailure) why).code());
    loop.call(() -> other.declare(QUEUE, QueueSpec.events()));
    loop.call(() -> other.publish(QUEUE, Buffer.buffer("a")));
    manualConsumer.ack("a");
    loop.call(other::close);
  }

  private RabbitBroker connected() {
    return connected(new LinkListener() {});
  }

  private RabbitBroker connected(LinkListener listener) {
    return connected(server.uri(), Duration.ofSeconds(90), listener);
  }

  private RabbitBroker connected(String uri, Duration patience, LinkListener listener) {
    RabbitSettings settings =
        RabbitSettings.of(uri)
            .withWaits(
                new BackoffPolicy(50, 500),
                Duration.ofSeconds(1),
                Duration.ofMillis(300),
                patience);
    RabbitBroker made = new RabbitBroker(vertx, TimeSource.system(), settings, listener);
    await(made.connect());
    return made;
  }

  private void subscribe(int prefetch) {
    loop.call(() -> broker.subscribe(QUEUE, prefetch, manualConsumer));
  }

  private void publish(String text) {
    await(publishing(text));
  }

  private Future<Void> publishing(String text) {
    return loop.start(() -> broker.publish(QUEUE, Buffer.buffer(text)));
  }

  private boolean taken(String queue, String text) {
    return loop.call(
        () ->
            broker
                .publish(queue, Buffer.buffer(text))
                .transform(done -> Future.succeededFuture(done.succeeded())));
  }

  private DeadLetter deadLetter() {
    ManualConsumer deadLetters = new ManualConsumer();
    QueueSubscription reading =
        loop.call(() -> broker.subscribe("cta.dead-letter", 1, deadLetters));
    ManualConsumer.Delivery delivery = deadLetters.next();
    delivery.ack();
    loop.call(reading::cancel);
    return DeadLetter.decode(delivery.message());
  }

  private static long ready(String queue) {
    long[] count = new long[1];
    try {
      raw(channel -> count[0] = channel.messageCount(queue));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count[0];
  }

  private interface Raw {
    void run(Channel channel) throws IOException;
  }

  /** Runs work on a channel that bypasses the broker. */
  private static void raw(Raw work) throws IOException {
    try (Connection connection = server.connect()) {
      work.run(connection.createChannel());
    }
  }
}
