package io.cta.server.cluster;

import java.util.List;

/** The nodes as this one sees them now. Safe from any thread. */
public final class ClusterMembers {
  private volatile List<String> others = List.of();
  private volatile boolean connected;

  /** The other nodes that are heard. */
  public List<String> others() {
    return others;
  }

  /** False while what this node announces does not come back to it. */
  public boolean connected() {
    return connected;
  }

  void are(List<String> nodes, boolean hearsItself) {
    others = List.copyOf(nodes);
    connected = hearsItself;
  }
}
