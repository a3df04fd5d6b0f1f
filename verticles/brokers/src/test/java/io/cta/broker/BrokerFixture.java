package io.cta.broker;

import static io.cta.broker.TestEventLoop.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The brokers of a contract test. The one that publishes, the one that consumes and the one that
 * declares the queues may be three different objects, as they are when an agent talks to the server
 * over its link.
 */
public abstract class BrokerFixture {
  protected Vertx vertx;
  protected TestEventLoop out;
  protected TestEventLoop in;
  protected final ManualConsumer manualConsumer = new ManualConsumer();

  /** The broker that declares and deletes queues and reads the dead letters. */
  protected abstract MessageBroker keeper();

  protected abstract MessageBroker publisher();

  protected abstract MessageBroker consumer();

  /** Starts whatever is needed; called before each test. */
  protected abstract void open();

  protected abstract void shut();

  /** A queue that the publisher may write and the consumer may read. */
  protected String queue() {
    return "cta.contract";
  }

  @BeforeEach
  void begin() {
    vertx = Vertx.vertx();
    out = new TestEventLoop(vertx);
    in = new TestEventLoop(vertx);
    open();
  }

  @AfterEach
  void end() {
    shut();
    await(vertx.close());
  }

  /** Whether a SAFE publish has to wait for its consumer because the broker can lose messages. */
  protected boolean volatileBroker() {
    return true;
  }

  /** Kills and restarts a broker that keeps its messages; does nothing with any other. */
  protected void restart() {}

  protected final void declare(QueueSpec.Confirm confirm, int tries) {
    in.call(() -> keeper().declare(queue(), new QueueSpec(confirm, tries, 100_000)));
  }

  protected final void publish(String text) {
    await(publishing(text));
  }

  protected final Future<Void> publishing(String text) {
    return out.start(() -> publisher().publish(queue(), Buffer.buffer(text)));
  }

  protected final QueueSubscription subscribe(int prefetch, DeliveryHandler handler) {
    return in.call(() -> consumer().subscribe(queue(), prefetch, handler));
  }

  protected static boolean within(CountDownLatch latch) {
    try {
      return latch.await(40, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  protected final DeadLetter deadLetter() {
    ManualConsumer deadLetters = new ManualConsumer();
    in.call(() -> keeper().subscribe("cta.dead-letter", 1, deadLetters));
    ManualConsumer.Delivery delivery = deadLetters.next();
    delivery.ack();
    // its handler has returned: the ack is on its way before the broker can be closed
    in.run(() -> {});
    return DeadLetter.decode(delivery.message());
  }
}
