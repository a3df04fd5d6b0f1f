package io.cta.server.cluster;

import java.util.List;

/** The cluster's nodes as this node sees them now. Any thread. */
public final class ClusterMembers {
  private volatile List<String> others = List.of();
  private volatile boolean connected;

  /** The ids of the other nodes that are alive. */
  public List<String> others() {
    return others;
  }

  /** False while this node's own announcements do not come back to it. */
  public boolean connected() {
    return connected;
  }

  void update(List<String> nodes, boolean hearsItself) {
    others = List.copyOf(nodes);
    connected = hearsItself;
  }
}
