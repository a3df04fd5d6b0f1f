package io.cta.server.gateway;

import io.cta.broker.Broker;
import io.cta.broker.BrokerContract;
import io.cta.broker.LinkListener;
import io.cta.broker.OnContext;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.Queues;

/** The contract, with an agent that publishes over its link to a consumer in the server. */
class LinkPublishesContractTest extends BrokerContract {
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
    return Queues.STATES;
  }

  @Override
  protected Broker keeper() {
    return server.broker;
  }

  @Override
  protected Broker publisher() {
    return link;
  }

  @Override
  protected Broker consumer() {
    return server.broker;
  }
}
