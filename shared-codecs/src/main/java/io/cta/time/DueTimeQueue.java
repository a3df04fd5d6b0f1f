package io.cta.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Keeps when each of many ids is due, in monotonic time. Moving or removing one needs no search.
 * One thread only.
 */
public final class DueTimeQueue {
  /** Longer waits are cut to this, a hundred years, so that nanoseconds do not overflow. */
  private static final Duration MAX_WAIT = Duration.ofDays(36_500);

  private final Map<String, Entry> byId = new HashMap<>();
  private PriorityQueue<Entry> queue = queue(List.of());

  private record Entry(String id, long at) {}

  /** Makes an id due after {@code wait}, counted from {@code nanos}; replaces an earlier time. */
  public void put(String id, Duration wait, long nanos) {
    Entry entry = new Entry(id, nanos + nanos(wait));
    byId.put(id, entry);
    queue.add(entry);
    if (queue.size() > 2 * byId.size() + 1_000) {
      queue = queue(byId.values());
    }
  }

  public void remove(String id) {
    byId.remove(id);
  }

  public boolean contains(String id) {
    return byId.containsKey(id);
  }

  /** All ids, due or not. */
  public List<String> ids() {
    return List.copyOf(byId.keySet());
  }

  /** How long until it is due, zero or less when it is; null when it is not in the queue. */
  public Duration left(String id, long nanos) {
    Entry entry = byId.get(id);
    return entry == null ? null : Duration.ofNanos(entry.at - nanos);
  }

  /**
   * At most {@code max} of the due ids, the longest due first; they stay, and are due again after
   * {@code again}.
   */
  public List<String> due(long nanos, int max, Duration again) {
    List<String> due = new ArrayList<>();
    while (due.size() < max && !queue.isEmpty() && queue.peek().at - nanos <= 0) {
      Entry entry = queue.poll();
      if (byId.get(entry.id) == entry) {
        due.add(entry.id);
      }
    }
    due.forEach(id -> put(id, again, nanos));
    return due;
  }

  private static long nanos(Duration wait) {
    return (wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait).toNanos();
  }

  private static PriorityQueue<Entry> queue(Iterable<Entry> entries) {
    PriorityQueue<Entry> made =
        new PriorityQueue<>(Comparator.comparing(e -> e, (a, b) -> Long.signum(a.at - b.at)));
    entries.forEach(made::add);
    return made;
  }
}
