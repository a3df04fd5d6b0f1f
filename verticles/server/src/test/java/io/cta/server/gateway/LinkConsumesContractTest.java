package io.cta.server.gateway;

import io.cta.broker.Broker;
import io.cta.broker.BrokerContract;
import io.cta.broker.LinkListener;
import io.cta.broker.OnContext;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.Queues;

/** The contract, with a publisher in the server and an agent that consumes over its link. */
class LinkConsumesContractTest extends BrokerContract {
  private GatewayServer server;
  private WebSocketLink link;

  @Override
  protected void open() {
    server = new GatewayServer(vertx, Limits.STANDARD);
    link = server.link("m1", "s1", new LinkListener() {});
    OnContext.await(link.connect());
  }

  @Override
  protected void shut() {
    OnContext.await(link.close());
    server.close();
  }

  @Override
  protected String queue() {
    return Queues.machine("m1");
  }

  @Override
  protected Broker keeper() {
    return server.broker;
  }

  @Override
  protected Broker publisher() {
    return server.broker;
  }

  @Override
  protected Broker consumer() {
    return link;
  }
}
