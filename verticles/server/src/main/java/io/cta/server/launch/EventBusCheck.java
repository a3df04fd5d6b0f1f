package io.cta.server.launch;

import io.cta.bus.BusAdapter;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.cluster.ClusterMembers;
import io.cta.server.cluster.ClusterNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Checks at start that requests and announcements on the clustered event bus reach this node. */
final class EventBusCheck {
  private static final long TIMEOUT_MILLIS = 5_000;
  private static final long CHECK_MILLIS = 50;
  private static final int MAX_CHECKS = 300;

  private EventBusCheck() {}

  /** Fails with UNAVAILABLE when this node's own requests or announcements do not arrive. */
  static Future<Void> pass(Vertx vertx, ClusterNode node, ClusterMembers members) {
    if (node.alone()) {
      return Future.succeededFuture();
    }
    String address = "cta.check." + node.id();
    var echo = BusAdapter.<String>serveNodes(vertx, address, Future::succeededFuture);
    return echo.completion()
        .compose(v -> BusAdapter.<String>askNode(vertx, address, "?", TIMEOUT_MILLIS))
        .compose(answer -> awaitConnected(vertx, members))
        .eventually(echo::unregister);
  }

  private static Future<Void> awaitConnected(Vertx vertx, ClusterMembers members) {
    Promise<Void> done = Promise.promise();
    check(vertx, members, MAX_CHECKS, done);
    return done.future();
  }

  private static void check(Vertx vertx, ClusterMembers members, int checks, Promise<Void> done) {
    if (members.connected()) {
      done.complete();
    } else if (checks == 0) {
      String text = "what this node announces on the event bus does not come back to it";
      done.fail(new ServiceFailure(ErrorCode.UNAVAILABLE, text));
    } else {
      vertx.setTimer(CHECK_MILLIS, t -> check(vertx, members, checks - 1, done));
    }
  }
}
