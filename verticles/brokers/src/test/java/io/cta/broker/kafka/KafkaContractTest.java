package io.cta.broker.kafka;

import io.cta.broker.BrokerContract;
import io.cta.broker.LinkListener;
import io.cta.broker.MessageBroker;
import io.cta.broker.TestEventLoop;
import io.cta.broker.kafka.connection.KafkaSettings;
import io.cta.time.TimeSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** The contract, for each of three kinds of topics. */
@Timeout(60)
class KafkaContractTest {
  private static final AtomicInteger numbers = new AtomicInteger();
  private static KafkaServer server;

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

  @Nested
  class Events extends Cases {
    Events() {
      super("cta.contract-");
    }
  }

  @Nested
  class Machine extends Cases {
    Machine() {
      super("cta.machine.contract-");
    }
  }

  @Nested
  class Group extends Cases {
    Group() {
      super("cta.group.contract-");
    }
  }

  /** The whole contract, with one kind. */
  abstract static class Cases extends BrokerContract {
    private final String queue;
    private KafkaBroker broker;

    Cases(String prefix) {
      queue = prefix + numbers.incrementAndGet();
    }

    @Override
    protected void open() {
      KafkaSettings settings = KafkaSettings.of(server.bootstrap(), "contract").withPartitions(3);
      broker = new KafkaBroker(vertx, TimeSource.system(), settings, new LinkListener() {});
      TestEventLoop.await(broker.connect());
    }

    @Override
    protected void shut() {
      TestEventLoop.await(broker.close());
    }

    @Override
    protected String queue() {
      return queue;
    }

    @Override
    protected MessageBroker keeper() {
      return broker;
    }

    @Override
    protected MessageBroker publisher() {
      return broker;
    }

    @Override
    protected MessageBroker consumer() {
      return broker;
    }

    @Override
    protected boolean volatileBroker() {
      return false;
    }
  }
}
