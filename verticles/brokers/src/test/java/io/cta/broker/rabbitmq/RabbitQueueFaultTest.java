package io.cta.broker.rabbitmq;

import static io.cta.broker.TestEventLoop.await;
import static io.cta.broker.TestEventLoop.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.GetResponse;
import io.cta.broker.ConditionPoller;
import io.cta.broker.DeadLetter;
import io.cta.broker.DeliveryCounts;
import io.cta.broker.DeliveryPostponed;
import io.cta.broker.LinkListener;
import io.cta.broker.ManualConsumer;
import io.cta.broker.QueueSpec;
import io.cta.broker.RedeliveryDecision;
import io.cta.broker.rabbitmq.consume.RabbitDelivery;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What happens when a queue on a RabbitMQ fails, or a message that is on it. */
class RabbitQueueFaultTest extends RabbitFaultFixture {
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
    broker
        .context()
        .run(() -> broker.failedDeliveryRouter().move(queue, message, again).onComplete(moved));
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
}
