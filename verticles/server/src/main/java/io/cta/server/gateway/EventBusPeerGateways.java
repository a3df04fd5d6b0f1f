package io.cta.server.gateway;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.SessionQuery;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the other nodes' gateways over the event bus. A node that does not answer counts as dead: it
 * does not block the new session.
 */
public final class EventBusPeerGateways implements PeerGateways {
  private static final Logger log = LoggerFactory.getLogger(EventBusPeerGateways.class);

  /** Longer than the probe of a session may take, {@link GatewayLimits#probe()}. */
  private static final long TIMEOUT_MILLIS = 3_000;

  private final Vertx vertx;
  private final String self;
  private final Supplier<List<String>> others;

  /**
   * @param self this node's id
   * @param others the ids of the other nodes that are alive
   */
  public EventBusPeerGateways(Vertx vertx, String self, Supplier<List<String>> others) {
    this.vertx = vertx;
    this.self = self;
    this.others = others;
  }

  @Override
  public Future<Void> askFor(String machineId, String session) {
    SessionQuery query = new SessionQuery(machineId, session);
    List<Future<Void>> answers = others.get().stream().map(node -> ask(node, query)).toList();
    return Future.all(answers).mapEmpty();
  }

  @Override
  public void answer(SessionQueryHandler sessions) {
    BusAdapter.<SessionQuery>serveNodes(
            vertx,
            BusAddresses.door(self),
            query -> sessions.freeFor(query.machineId(), query.session()))
        .completion()
        .onFailure(e -> log.warn("other nodes cannot ask for sessions here", e));
  }

  private Future<Void> ask(String node, SessionQuery query) {
    return BusAdapter.<Void>askNode(vertx, BusAddresses.door(node), query, TIMEOUT_MILLIS)
        .recover(
            e -> {
              if (ServiceFailure.is(e, ErrorCode.SESSION_TAKEN)
                  || ServiceFailure.is(e, ErrorCode.SESSION_BEING_CHECKED)) {
                return Future.failedFuture(e);
              }
              log.debug("a node has not answered [node: {}, cause: {}]", node, e.toString());
              return Future.succeededFuture();
            });
  }
}
