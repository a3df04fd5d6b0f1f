package io.cta.server.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which nodes are heard, and what of theirs got lost. Event loop of its verticle only. */
final class PeerTracker {
  private final String self;
  private final long deadAfterNanos;
  private final Map<String, Peer> peers = new HashMap<>();

  private record Peer(long number, long heardAt) {}

  PeerTracker(String self, Duration deadAfter) {
    this.self = self;
    this.deadAfterNanos = deadAfter.toNanos();
  }

  /**
   * Takes in the number of a batch; answers how many were missed before it. Of a node that was not
   * known, all that it has said before.
   */
  long heard(String node, long number, long nanos) {
    Peer known = peers.get(node);
    long last = known == null ? 0 : known.number();
    peers.put(node, new Peer(Math.max(last, number), nanos));
    return Math.max(0, number - last - 1);
  }

  /** Forgets those that fell silent, and answers them. */
  List<String> silent(long nanos) {
    List<String> gone =
        peers.entrySet().stream()
            .filter(e -> nanos - e.getValue().heardAt() > deadAfterNanos)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    gone.forEach(peers::remove);
    return gone;
  }

  /** True while this node hears itself, as the others would. */
  boolean hearsItself() {
    return peers.containsKey(self);
  }

  List<String> others() {
    return peers.keySet().stream().filter(node -> !node.equals(self)).sorted().toList();
  }
}
