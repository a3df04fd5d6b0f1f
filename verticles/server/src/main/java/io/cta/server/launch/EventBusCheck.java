package io.cta.server.launch;

import io.cta.bus.BusAdapter;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.cluster.ClusterMembers;
import io.cta.server.cluster.ClusterNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Proves that the clustered event bus carries: a request to this node, and what it announces. */
final class EventBusCheck {
  private static final long TIMEOUT_MILLIS = 5_000;
  private static final long LOOK_MILLIS = 50;
  private static final int LOOKS = 300;

  private EventBusCheck() {}

  /** Fails with UNAVAILABLE when requests, or announcements, do not come back. */
  static Future<Void> pass(Vertx vertx, ClusterNode node, ClusterMembers members) {
    if (node.alone()) {
      return Future.succeededFuture();
    }
    String address = "cta.check." + node.id();
    var echo = BusAdapter.<String>serveNodes(vertx, address, Future::succeededFuture);
    return echo.completion()
        .compose(v -> BusAdapter.<String>askNode(vertx, address, "?", TIMEOUT_MILLIS))
        .compose(answer -> heard(vertx, members))
        .eventually(echo::unregister);
  }

  private static Future<Void> heard(Vertx vertx, ClusterMembers members) {
    Promise<Void> done = Promise.promise();
    look(vertx, members, LOOKS, done);
    return done.future();
  }

  private static void look(Vertx vertx, ClusterMembers members, int looks, Promise<Void> done) {
    if (members.connected()) {
      done.complete();
    } else if (looks == 0) {
      String text = "what this node announces on the event bus does not come back to it";
      done.fail(new ServiceFailure(ErrorCode.UNAVAILABLE, text));
    } else {
      vertx.setTimer(LOOK_MILLIS, t -> look(vertx, members, looks - 1, done));
    }
  }
}
