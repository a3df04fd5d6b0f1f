package io.cta.server.notify;

import io.cta.time.DueTimeQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The deliveries that this server knows of, and which of them to attempt now. Each channel has a
 * line of its own and only a few attempts at a time, so that a receiver that does not answer holds
 * up nobody else. Pure; event loop of its verticle only.
 */
final class DeliveryQueue {
  private static final int MAX_DUE_AT_ONCE = 1_000;

  private final int maxKnown;
  private final int maxBusy;
  private final int maxPerChannel;
  private final DueTimeQueue times = new DueTimeQueue();

  /** Known deliveries and their channels. */
  private final Map<String, String> channels = new HashMap<>();

  private final Map<String, Deque<String>> lines = new LinkedHashMap<>();
  private final Map<String, Integer> busy = new HashMap<>();
  private int busyInAll;

  /**
   * @param maxKnown deliveries that are kept in memory; the others stay in the store
   */
  DeliveryQueue(int maxKnown, int maxBusy, int maxPerChannel) {
    this.maxKnown = maxKnown;
    this.maxBusy = maxBusy;
    this.maxPerChannel = maxPerChannel;
  }

  boolean knows(String id) {
    return channels.containsKey(id);
  }

  boolean isFull() {
    return channels.size() >= maxKnown;
  }

  /** Takes in a delivery; false when it is known already or there is no room. */
  boolean add(String id, String channelId, Duration wait, long nanos) {
    if (knows(id) || isFull()) {
      return false;
    }
    channels.put(id, channelId);
    times.put(id, wait, nanos);
    return true;
  }

  /** The deliveries to attempt now; each is busy until it is {@link #again} or {@link #over}. */
  List<String> takeDue(long nanos) {
    for (String id : times.due(nanos, MAX_DUE_AT_ONCE, Duration.ofDays(1))) {
      times.remove(id);
      lines.computeIfAbsent(channels.get(id), channel -> new ArrayDeque<>()).add(id);
    }
    List<String> out = new ArrayList<>();
    Iterator<Map.Entry<String, Deque<String>>> each = lines.entrySet().iterator();
    while (each.hasNext() && busyInAll < maxBusy) {
      Map.Entry<String, Deque<String>> line = each.next();
      while (!line.getValue().isEmpty()
          && busyInAll < maxBusy
          && busy.getOrDefault(line.getKey(), 0) < maxPerChannel) {
        out.add(line.getValue().poll());
        busy.merge(line.getKey(), 1, Integer::sum);
        busyInAll++;
      }
      if (line.getValue().isEmpty()) {
        each.remove();
      }
    }
    return out;
  }

  /** An attempt is over, and another follows. */
  void again(String id, Duration wait, long nanos) {
    free(channels.get(id));
    times.put(id, wait, nanos);
  }

  /** An attempt is over, and this server has no more to do with the delivery. */
  void over(String id) {
    free(channels.remove(id));
  }

  int size() {
    return channels.size();
  }

  private void free(String channelId) {
    busy.computeIfPresent(channelId, (id, count) -> count == 1 ? null : count - 1);
    busyInAll--;
  }
}
