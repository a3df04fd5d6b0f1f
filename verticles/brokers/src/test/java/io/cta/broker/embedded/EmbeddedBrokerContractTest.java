package io.cta.broker.embedded;

import io.cta.broker.Broker;
import io.cta.broker.BrokerContract;
import io.cta.broker.OnContext;
import java.time.Clock;

class EmbeddedBrokerContractTest extends BrokerContract {
  private Broker broker;

  @Override
  protected void open() {
    broker = new EmbeddedBroker(vertx, Clock.systemUTC());
  }

  @Override
  protected void shut() {
    OnContext.await(broker.close());
  }

  @Override
  protected Broker keeper() {
    return broker;
  }

  @Override
  protected Broker publisher() {
    return broker;
  }

  @Override
  protected Broker consumer() {
    return broker;
  }
}
