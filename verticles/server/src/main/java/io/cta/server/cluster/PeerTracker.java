package io.cta.server.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tracks which nodes are alive and how many of their batches were lost. Event loop only. */
final class PeerTracker {
  private final String self;
  private final long deadAfterNanos;
  private final Map<String, Peer> peers = new HashMap<>();

  private record Peer(long number, long heardAtNanos) {}

  PeerTracker(String self, Duration deadAfter) {
    this.self = self;
    this.deadAfterNanos = deadAfter.toNanos();
  }

  /**
   * Records the number of a batch; answers how many were missed before it. For an unknown node
   * these are all it has sent before.
   */
  long heard(String node, long number, long nanos) {
    Peer known = peers.get(node);
    long last = known == null ? 0 : known.number();
    peers.put(node, new Peer(Math.max(last, number), nanos));
    return Math.max(0, number - last - 1);
  }

  /** Removes the nodes silent for too long, and answers their ids. */
  List<String> silent(long nanos) {
    List<String> gone =
        peers.entrySet().stream()
            .filter(e -> nanos - e.getValue().heardAtNanos() > deadAfterNanos)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    gone.forEach(peers::remove);
    return gone;
  }

  /** True while this node's own batches arrive. */
  boolean hearsItself() {
    return peers.containsKey(self);
  }

  List<String> others() {
    return peers.keySet().stream().filter(node -> !node.equals(self)).sorted().toList();
  }
}
