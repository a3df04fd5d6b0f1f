package io.cta.broker.rabbitmq;

import io.cta.broker.Broker;
import io.cta.broker.BrokerContract;
import io.cta.broker.LinkListener;
import io.cta.broker.OnContext;
import io.cta.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Publisher and consumer are brokers of their own, as on two machines. */
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
    OnContext.await(consumer.delete(queue()));
    OnContext.await(publisher.close());
    OnContext.await(consumer.close());
  }

  @Override
  protected Broker keeper() {
    return consumer;
  }

  @Override
  protected Broker publisher() {
    return publisher;
  }

  @Override
  protected Broker consumer() {
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
    OnContext.await(broker.connect());
    return broker;
  }
}
