package io.cta.broker.rabbitmq;

import static io.cta.broker.TestEventLoop.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.cta.broker.BackoffPolicy;
import io.cta.broker.DeadLetter;
import io.cta.broker.LinkListener;
import io.cta.broker.ManualConsumer;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.cta.broker.TestEventLoop;
import io.cta.broker.rabbitmq.connection.RabbitSettings;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A RabbitMQ for each test class, to be killed and crippled, and a broker for each test. */
@Timeout(120)
abstract class RabbitFaultFixture {
  static final String QUEUE = "cta.fault";
  static RabbitServer server;

  final ManualConsumer manualConsumer = new ManualConsumer();
  private Vertx vertx;
  TestEventLoop loop;
  RabbitBroker broker;

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

  RabbitBroker connected() {
    return connected(new LinkListener() {});
  }

  RabbitBroker connected(LinkListener listener) {
    return connected(server.uri(), Duration.ofSeconds(90), listener);
  }

  RabbitBroker connected(String uri, Duration patience, LinkListener listener) {
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

  void subscribe(int prefetch) {
    loop.call(() -> broker.subscribe(QUEUE, prefetch, manualConsumer));
  }

  void publish(String text) {
    await(publishing(text));
  }

  Future<Void> publishing(String text) {
    return loop.start(() -> broker.publish(QUEUE, Buffer.buffer(text)));
  }

  boolean taken(String queue, String text) {
    return loop.call(
        () ->
            broker
                .publish(queue, Buffer.buffer(text))
                .transform(done -> Future.succeededFuture(done.succeeded())));
  }

  DeadLetter deadLetter() {
    ManualConsumer deadLetters = new ManualConsumer();
    QueueSubscription reading =
        loop.call(() -> broker.subscribe("cta.dead-letter", 1, deadLetters));
    ManualConsumer.Delivery delivery = deadLetters.next();
    delivery.ack();
    loop.call(reading::cancel);
    return DeadLetter.decode(delivery.message());
  }

  static long ready(String queue) {
    long[] count = new long[1];
    try {
      raw(channel -> count[0] = channel.messageCount(queue));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count[0];
  }

  interface RawWork {
    void run(Channel channel) throws IOException;
  }

  /** Runs work on a channel that bypasses the broker. */
  static void raw(RawWork work) throws IOException {
    try (Connection connection = server.connect()) {
      work.run(connection.createChannel());
    }
  }
}
