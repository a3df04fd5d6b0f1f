package io.cta.server.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;

/**
 * Identifies this server as one of several, or as the only one.
 *
 * @param id new at each start
 * @param deadAfter silence after which another node counts as dead
 */
public record ClusterNode(String id, Duration deadAfter) {
  /** The only server on its store. */
  public static final ClusterNode ALONE = new ClusterNode("alone", Duration.ZERO);

  public boolean alone() {
    return deadAfter.isZero();
  }

  /** The node of a clustered Vertx, with the id that the cluster manager uses. */
  public static ClusterNode of(Vertx vertx, Duration deadAfter) {
    return new ClusterNode(((VertxInternal) vertx).clusterManager().getNodeId(), deadAfter);
  }
}
