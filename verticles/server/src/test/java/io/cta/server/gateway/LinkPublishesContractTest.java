package io.cta.server.gateway;

import io.cta.broker.BrokerContract;
import io.cta.broker.LinkListener;
import io.cta.broker.MessageBroker;
import io.cta.broker.TestEventLoop;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.QueueNames;

/** Broker contract: an agent publishes over its link, the server consumes. */
class LinkPublishesContractTest extends BrokerContract {
  private GatewayServer server;
  private WebSocketLink link;

  @Override
  protected void open() {
    server = new GatewayServer(vertx, GatewayLimits.STANDARD);
    link = server.link("m1", "s1", new LinkListener() {});
    TestEventLoop.await(link.connect());
  }

  @Override
  protected void shut() {
    TestEventLoop.await(link.close());
    server.close();
  }

  @Override
  protected String queue() {
    return QueueNames.STATES;
  }

  @Override
  protected MessageBroker keeper() {
    return server.broker;
  }

  @Override
  protected MessageBroker publisher() {
    return link;
  }

  @Override
  protected MessageBroker consumer() {
    return server.broker;
  }
}
