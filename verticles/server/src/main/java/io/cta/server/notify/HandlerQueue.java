package io.cta.server.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The executions whose handlers this server is to carry out. Those that it is told of come at once;
 * those that it finds in the store come when they have stayed there from one sweep to the next, so
 * that nodes do not all do the same. Pure; event loop of its verticle only.
 */
final class HandlerQueue {
  private final int maxBusy;
  private final int maxWaiting;
  private final long giveUpNanos;
  private final Set<String> waiting = new LinkedHashSet<>();
  private final Set<String> busy = new HashSet<>();

  /** Executions that were found in the store, and when first. */
  private Map<String, Long> foundAt = new HashMap<>();

  private boolean swept;

  /**
   * @param maxWaiting executions in memory; the others stay in the store
   */
  HandlerQueue(int maxBusy, int maxWaiting, Duration giveUp) {
    this.maxBusy = maxBusy;
    this.maxWaiting = maxWaiting;
    this.giveUpNanos = giveUp.toNanos();
  }

  /** An execution of this node is over. */
  void told(String executionId) {
    if (waiting.size() < maxWaiting) {
      waiting.add(executionId);
    }
  }

  /** All that a sweep has found. */
  void found(List<String> executionIds, long nanos) {
    Map<String, Long> now = new HashMap<>();
    for (String id : executionIds) {
      Long before = foundAt.get(id);
      now.put(id, before == null ? (Long) nanos : before);
      if ((before != null || !swept) && !busy.contains(id)) {
        told(id);
      }
    }
    foundAt = now;
    swept = true;
  }

  /** Those to begin now; each is busy until it is {@link #over}. */
  List<String> take() {
    List<String> out = new ArrayList<>();
    for (String id : waiting) {
      if (busy.size() >= maxBusy) {
        break;
      }
      if (busy.add(id)) {
        out.add(id);
      }
    }
    out.forEach(waiting::remove);
    return out;
  }

  void over(String executionId) {
    busy.remove(executionId);
  }

  /** True when it has been tried for so long that it is no use. */
  boolean isLastTry(String executionId, long nanos) {
    Long first = foundAt.get(executionId);
    return first != null && nanos - first > giveUpNanos;
  }
}
