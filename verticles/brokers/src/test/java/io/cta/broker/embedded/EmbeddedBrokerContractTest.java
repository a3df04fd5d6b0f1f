package io.cta.broker.embedded;

import io.cta.broker.BrokerContract;
import io.cta.broker.MessageBroker;
import io.cta.broker.TestEventLoop;
import java.time.Clock;

class EmbeddedBrokerContractTest extends BrokerContract {
  private MessageBroker broker;

  @Override
  protected void open() {
    broker = new EmbeddedBroker(vertx, Clock.systemUTC());
  }

  @Override
  protected void shut() {
    TestEventLoop.await(broker.close());
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
}
