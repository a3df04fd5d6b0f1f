package io.cta.server.launch;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Deploys the verticles of one partition of the executions on one event loop, so that their
 * messages over the bus change no thread. Each is deployed before the next starts.
 */
final class PartitionOwner implements Deployable {
  private final List<Deployable> verticles;

  PartitionOwner(List<Deployable> verticles) {
    this.verticles = List.copyOf(verticles);
  }

  @Override
  public Future<?> deploy(Context context) {
    Future<?> deployed = Future.succeededFuture();
    for (Deployable verticle : verticles) {
      deployed = deployed.compose(v -> started(verticle, context));
    }
    return deployed;
  }

  @Override
  public Future<?> undeploy(Context context) {
    List<Future<?>> stopped = new ArrayList<>();
    for (Deployable verticle : verticles) {
      try {
        stopped.add(verticle.undeploy(context));
      } catch (Exception e) {
        stopped.add(Future.failedFuture(e));
      }
    }
    return Future.join(stopped);
  }

  private static Future<?> started(Deployable verticle, Context context) {
    try {
      return verticle.deploy(context);
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }
}
