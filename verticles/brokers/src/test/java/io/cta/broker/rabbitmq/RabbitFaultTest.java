package io.cta.broker.rabbitmq;

import static io.cta.broker.TestEventLoop.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.cta.broker.ConditionPoller;
import io.cta.broker.ManualConsumer;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What happens when a RabbitMQ fails. */
class RabbitFaultTest extends RabbitFaultFixture {
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
    broker.context().run(() -> broker.subscriptions().get(0).channel().stop());
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
}
