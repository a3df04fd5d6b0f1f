package io.cta.broker.rabbitmq;

import io.cta.broker.BrokerContract;
import io.cta.broker.LinkListener;
import io.cta.broker.MessageBroker;
import io.cta.broker.TestEventLoop;
import io.cta.broker.rabbitmq.connection.RabbitSettings;
import io.cta.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, with two brokers for publisher and consumer, as on two machines. */
class RabbitContractTest extends BrokerContract {
  private static RabbitServer server;
  private RabbitBroker publisher;
  private RabbitBroker consumer;

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

  @Override
  protected void open() {
    publisher = connected();
    consumer = connected();
  }

  @Override
  protected void shut() {
    TestEventLoop.await(consumer.delete(queue()));
    TestEventLoop.await(publisher.close());
    TestEventLoop.await(consumer.close());
  }

  @Override
  protected MessageBroker keeper() {
    return consumer;
  }

  @Override
  protected MessageBroker publisher() {
    return publisher;
  }

  @Override
  protected MessageBroker consumer() {
    return consumer;
  }

  @Override
  protected boolean volatileBroker() {
    return false;
  }

  @Override
  protected void restart() {
    try {
      server.restart();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RabbitBroker connected() {
    RabbitBroker broker =
        new RabbitBroker(
            vertx, TimeSource.system(), RabbitSettings.of(server.uri()), new LinkListener() {});
    TestEventLoop.await(broker.connect());
    return broker;
  }
}
