package io.cta.server.launch;

import io.cta.broker.BrokerHealth;
import io.cta.broker.MessageBroker;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.http.HttpEndpoint;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/**
 * Serves {@code /health/live} (the process answers) and {@code /health/ready} (the store has just
 * taken a write, and the broker and, in a cluster, the event bus work).
 */
final class HealthEndpoint implements HttpEndpoint {
  private static final long TIMEOUT_MILLIS = 2_000;

  private final StoreProbe store;
  private final MessageBroker broker;
  private final ClusterNode node;
  private final ServerComponents serverComponents;

  HealthEndpoint(
      StoreProbe store, MessageBroker broker, ClusterNode node, ServerComponents serverComponents) {
    this.node = node;
    this.serverComponents = serverComponents;
    this.store = store;
    this.broker = broker;
  }

  @Override
  public void mount(Router root) {
    root.get("/health/live").handler(ctx -> ctx.json(new JsonObject().put("status", "up")));
    root.get("/health/ready").handler(this::ready);
  }

  private void ready(RoutingContext ctx) {
    Future<String> storeUp =
        store
            .write()
            .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
            .map("up")
            .recover(e -> Future.succeededFuture("down"));
    Future<BrokerHealth> brokerUp =
        broker
            .health()
            .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
            .recover(e -> Future.succeededFuture(new BrokerHealth(false, e.getMessage(), 0)));
    Future.all(storeUp, brokerUp)
        .onSuccess(both -> answer(ctx, storeUp.result(), brokerUp.result()));
  }

  private void answer(RoutingContext ctx, String storeState, BrokerHealth broker) {
    boolean joined = node.alone() || serverComponents.members().connected();
    boolean up = storeState.equals("up") && broker.up() && joined;
    ctx.response().setStatusCode(up ? 200 : 503);
    JsonObject answer =
        new JsonObject()
            .put("status", up ? "up" : "down")
            .put("store", storeState)
            .put("disk", serverComponents.disk().wire())
            .put("broker", broker.up() ? "up" : "down")
            .put("deadLettered", broker.deadLettered());
    if (!node.alone()) {
      answer
          .put("cluster", joined ? "up" : "down")
          .put("nodes", 1 + serverComponents.members().others().size());
    }
    ctx.json(answer);
  }
}
