package io.cta.broker;

import static io.cta.broker.TestEventLoop.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every broker must do. */
@Timeout(60)
public abstract class BrokerContract extends BrokerFixture {
  @Test
  void messages_arrive_in_the_order_they_were_published() {
    declare(QueueSpec.Confirm.STORED, 3);
    for (int i = 0; i < 200; i++) {
      out.start(() -> publisher().publish(queue(), Buffer.buffer("late")));
    }
    for (int i = 0; i < 500; i++) {
      publish("m" + i);
    }
    subscribe(50, manualConsumer);
    for (int i = 0; i < 200; i++) {
      manualConsumer.ack("late");
    }
    for (int i = 0; i < 500; i++) {
      manualConsumer.ack("m" + i);
    }
    manualConsumer.nothingMore();
  }

  @Test
  void no_more_than_the_prefetch_is_unsettled_at_a_time() {
    declare(QueueSpec.Confirm.STORED, 3);
    Stream.of("a", "b", "c", "d").forEach(this::publish);
    subscribe(2, manualConsumer);
    List<ManualConsumer.Delivery> first = manualConsumer.next(2);
    manualConsumer.nothingMore();
    first.get(1).ack();
    manualConsumer.ack("c");
    manualConsumer.ack("d");
    first.get(0).ack();
    manualConsumer.nothingMore();
  }

  @Test
  void a_safe_publish_is_confirmed_only_after_its_consumer_has_succeeded() {
    declare(QueueSpec.Confirm.SAFE, 3);
    Future<Void> confirmed = publishing("event");
    subscribe(10, manualConsumer);
    ManualConsumer.Delivery delivery = manualConsumer.next();
    manualConsumer.nothingMore();
    if (volatileBroker()) {
      assertFalse(confirmed.isComplete());
    }
    delivery.ack();
    await(confirmed);
  }

  @Test
  void a_safe_publish_is_confirmed_when_its_message_is_a_dead_letter() {
    declare(QueueSpec.Confirm.SAFE, 3);
    Future<Void> confirmed = publishing("event");
    subscribe(10, message -> Future.failedFuture(new DeliveryRejected("unknown type")));
    await(confirmed);
    assertEquals("unknown type", deadLetter().reason());
  }

  @Test
  void a_failed_delivery_comes_again() {
    declare(QueueSpec.Confirm.STORED, 3);
    publish("again");
    subscribe(10, manualConsumer);
    manualConsumer.next().outcome().fail("store is away");
    manualConsumer.ack("again");
    manualConsumer.nothingMore();
  }

  @Test
  void a_handler_that_throws_is_a_failed_delivery() {
    declare(QueueSpec.Confirm.STORED, 2);
    publish("bad");
    subscribe(
        10,
        message -> {
          throw new IllegalStateException("bug");
        });
    DeadLetter deadLetter = deadLetter();
    assertTrue(deadLetter.reason().contains("bug"), deadLetter.reason());
    assertEquals(2, deadLetter.deliveries());
  }

  @Test
  void a_rejected_message_goes_to_the_dead_letters_at_once_with_the_reason() {
    declare(QueueSpec.Confirm.STORED, 20);
    publish("garbage");
    publish("good");
    subscribe(10, manualConsumer);
    manualConsumer.next().outcome().fail(new DeliveryRejected("not an envelope"));
    manualConsumer.ack("good");
    DeadLetter deadLetter = deadLetter();
    assertEquals("not an envelope", deadLetter.reason());
    assertEquals(queue(), deadLetter.queue());
    assertEquals(
        "garbage", new String(deadLetter.message(), java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(1, deadLetter.deliveries());
    assertEquals(1, in.call(() -> keeper().health()).deadLettered());
    manualConsumer.nothingMore();
  }

  @Test
  void bytes_that_are_no_text_are_dead_lettered_unchanged() {
    declare(QueueSpec.Confirm.STORED, 20);
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    await(out.start(() -> publisher().publish(queue(), Buffer.buffer(bytes))));
    subscribe(1, message -> Future.failedFuture(new DeliveryRejected("not JSON")));
    assertArrayEquals(bytes, deadLetter().message());
  }

  @Test
  void a_message_is_delivered_once_when_all_goes_well() {
    declare(QueueSpec.Confirm.STORED, 20);
    subscribe(20, manualConsumer);
    for (int i = 0; i < 100; i++) {
      publish("m" + i);
    }
    for (int i = 0; i < 100; i++) {
      manualConsumer.ack("m" + i);
    }
    manualConsumer.nothingMore();
    assertEquals(0, in.call(() -> keeper().health()).deadLettered());
  }

  @Test
  void what_has_failed_waits_while_others_go_on() {
    declare(QueueSpec.Confirm.STORED, 20);
    Stream.of("bad", "b", "c").forEach(this::publish);
    List<String> done = java.util.Collections.synchronizedList(new ArrayList<>());
    subscribe(
        1,
        message -> {
          if (message.toString().equals("bad") && done.size() < 2) {
            return Future.failedFuture("not yet");
          }
          done.add(message.toString());
          manualConsumer.handle(message);
          return Future.succeededFuture();
        });
    Stream.of("b", "c", "bad").forEach(manualConsumer::ack);
  }

  @Test
  void a_poison_message_is_given_up_after_its_tries_and_harms_no_other() {
    declare(QueueSpec.Confirm.STORED, 3);
    publish("poison");
    publish("good");
    List<String> seen = java.util.Collections.synchronizedList(new ArrayList<>());
    subscribe(
        1,
        message -> {
          seen.add(message.toString());
          return message.toString().equals("poison")
              ? Future.failedFuture("it hurts")
              : Future.succeededFuture();
        });
    DeadLetter deadLetter = deadLetter();
    assertTrue(deadLetter.reason().contains("it hurts"), deadLetter.reason());
    assertEquals(3, seen.stream().filter("poison"::equals).count());
    assertEquals(1, seen.stream().filter("good"::equals).count());
  }

  @Test
  void a_postponed_message_is_never_given_up() {
    declare(QueueSpec.Confirm.STORED, 2);
    publish("patient");
    subscribe(1, manualConsumer);
    for (int i = 0; i < 5; i++) {
      manualConsumer.next().outcome().fail(new DeliveryPostponed("store is away"));
    }
    manualConsumer.ack("patient");
    assertEquals(0, in.call(() -> keeper().health()).deadLettered());
  }

  @Test
  void what_a_cancelled_subscriber_had_not_settled_comes_again_in_order() {
    declare(QueueSpec.Confirm.STORED, 5);
    Stream.of("a", "b", "c", "d").forEach(this::publish);
    QueueSubscription first = subscribe(3, manualConsumer);
    List<ManualConsumer.Delivery> unsettled = manualConsumer.next(3);
    unsettled.get(1).ack();
    in.run(() -> {});
    manualConsumer.ack("d");
    in.call(first::cancel);
    ManualConsumer second = new ManualConsumer();
    subscribe(10, second);
    second.ack("a");
    second.ack("c");
    second.nothingMore();
  }

  @Test
  void several_subscribers_share_a_queue() {
    declare(QueueSpec.Confirm.STORED, 5);
    ManualConsumer other = new ManualConsumer();
    subscribe(1, manualConsumer);
    subscribe(1, other);
    publish("a");
    publish("b");
    ManualConsumer.Delivery one = manualConsumer.next();
    ManualConsumer.Delivery two = other.next();
    assertEquals(
        List.of("a", "b"),
        Stream.of(one, two).map(ManualConsumer.Delivery::text).sorted().toList());
    publish("c");
    two.ack();
    other.ack("c");
    one.ack();
  }

  @Test
  void a_paused_subscriber_gets_nothing_and_leaves_it_to_others() {
    declare(QueueSpec.Confirm.STORED, 5);
    QueueSubscription s = subscribe(10, manualConsumer);
    in.run(s::pause);
    publish("a");
    manualConsumer.nothingMore();
    ManualConsumer other = new ManualConsumer();
    QueueSubscription second = subscribe(10, other);
    other.ack("a");
    in.call(second::cancel);
    publish("b");
    manualConsumer.nothingMore();
    in.run(s::resume);
    manualConsumer.ack("b");
  }

  @Test
  void a_message_of_one_megabyte_arrives_unchanged() {
    declare(QueueSpec.Confirm.STORED, 3);
    byte[] text = new byte[1 << 20];
    new Random(7).ints(text.length, 32, 127).forEach(new Filling(text));
    subscribe(1, manualConsumer);
    await(out.start(() -> publisher().publish(queue(), Buffer.buffer(text))));
    assertArrayEquals(text, manualConsumer.next().message().getBytes());
  }

  @Test
  void garbage_bytes_reach_the_consumer_and_the_dead_letters_unchanged() {
    declare(QueueSpec.Confirm.STORED, 3);
    byte[] garbage = new byte[512];
    new Random(11).nextBytes(garbage);
    subscribe(1, manualConsumer);
    await(out.start(() -> publisher().publish(queue(), Buffer.buffer(garbage))));
    ManualConsumer.Delivery delivery = manualConsumer.next();
    assertArrayEquals(garbage, delivery.message().getBytes());
    delivery.outcome().fail(new DeliveryRejected("no JSON"));
    assertArrayEquals(garbage, deadLetter().message());
  }

  @Test
  void nothing_that_is_published_is_lost_when_the_broker_restarts() {
    declare(QueueSpec.Confirm.STORED, 20);
    Set<String> missing = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(1);
    for (int i = 0; i < 300; i++) {
      missing.add("m" + i);
    }
    for (int i = 0; i < 100; i++) {
      publish("m" + i);
    }
    subscribe(
        10,
        message -> {
          missing.remove(message.toString());
          if (missing.isEmpty()) {
            all.countDown();
          }
          return Future.succeededFuture();
        });
    List<Future<Void>> publishes = new ArrayList<>();
    for (int i = 100; i < 200; i++) {
      publishes.add(publishing("m" + i));
    }
    restart();
    for (int i = 200; i < 300; i++) {
      publishes.add(publishing("m" + i));
    }
    await(Future.all(publishes));
    assertTrue(within(all), () -> "not delivered: " + missing);
  }

  @Test
  void deleting_a_queue_that_is_not_there_is_fine_and_one_that_is_ends_it() {
    in.call(() -> keeper().delete("cta.nothing"));
    declare(QueueSpec.Confirm.STORED, 3);
    publish("lost");
    in.call(() -> keeper().delete(queue()));
    assertThrows(ServiceFailure.class, () -> publish("nowhere"));
    declare(QueueSpec.Confirm.STORED, 3);
    subscribe(1, manualConsumer);
    manualConsumer.nothingMore();
  }

  @Test
  void no_publisher_waits_for_a_queue_that_goes() {
    declare(QueueSpec.Confirm.SAFE, 3);
    Future<Void> waiting = publishing("event");
    Future<Void> second = publishing("event");
    if (!volatileBroker()) {
      // what keeps its messages confirms them by itself
      await(waiting);
      await(second);
    }
    subscribe(1, manualConsumer);
    manualConsumer.next();
    in.call(() -> keeper().delete(queue()));
    if (volatileBroker()) {
      assertTrue(TestEventLoop.failure(waiting) instanceof ServiceFailure);
      assertTrue(TestEventLoop.failure(second) instanceof ServiceFailure);
    }
    assertThrows(ServiceFailure.class, () -> publish("event"));
  }

  @Test
  void declaring_a_queue_again_keeps_what_it_holds() {
    declare(QueueSpec.Confirm.STORED, 3);
    publish("kept");
    declare(QueueSpec.Confirm.STORED, 3);
    subscribe(1, manualConsumer);
    manualConsumer.ack("kept");
  }

  @Test
  void a_broker_in_order_says_so() {
    assertTrue(in.call(() -> publisher().health()).up());
    assertTrue(in.call(() -> consumer().health()).up());
  }

  private static final class Filling implements java.util.function.IntConsumer {
    private final byte[] into;
    private int at;

    Filling(byte[] into) {
      this.into = into;
    }

    @Override
    public void accept(int value) {
      into[at++] = (byte) value;
    }
  }
}
