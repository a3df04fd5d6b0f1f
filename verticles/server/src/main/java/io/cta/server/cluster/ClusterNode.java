package io.cta.server.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;

/**
 * This server as one of several, or as the only one.
 *
 * @param id differs at each start
 * @param deadAfter silence after which another node counts as dead
 */
public record ClusterNode(String id, Duration deadAfter) {
  /** No other server works on the same store. */
  public static final ClusterNode ALONE = new ClusterNode("alone", Duration.ZERO);

  public boolean alone() {
    return deadAfter.isZero();
  }

  /** Of a clustered Vertx, under the name that the cluster knows it by. */
  public static ClusterNode of(Vertx vertx, Duration deadAfter) {
    return new ClusterNode(((VertxInternal) vertx).clusterManager().getNodeId(), deadAfter);
  }
}
