package io.cta.broker.rabbitmq.consume;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The delivery tags of one channel, and how to settle many with few frames: RabbitMQ takes "this
 * and all before". Pure.
 */
final class DeliveryTags {
  /** A frame to send. */
  record Settlement(long tag, boolean andAllBefore, boolean putBack) {}

  private final TreeSet<Long> unsettled = new TreeSet<>();
  private final TreeSet<Long> done = new TreeSet<>();
  private final TreeSet<Long> back = new TreeSet<>();

  void delivered(long tag) {
    unsettled.add(tag);
  }

  void done(long tag) {
    if (unsettled.remove(tag)) {
      done.add(tag);
    }
  }

  void putBack(long tag) {
    if (unsettled.remove(tag)) {
      back.add(tag);
    }
  }

  boolean idle() {
    return unsettled.isEmpty() && done.isEmpty() && back.isEmpty();
  }

  boolean pending() {
    return !done.isEmpty() || !back.isEmpty();
  }

  /** The frames for all that was settled since the last call. */
  List<Settlement> drain() {
    List<Settlement> frames = new ArrayList<>();
    back.forEach(tag -> frames.add(new Settlement(tag, false, true)));
    back.clear();
    NavigableSet<Long> first = unsettled.isEmpty() ? done : done.headSet(unsettled.first(), false);
    if (!first.isEmpty()) {
      frames.add(new Settlement(first.last(), first.size() > 1, false));
      first.clear();
    }
    done.forEach(tag -> frames.add(new Settlement(tag, false, false)));
    done.clear();
    return frames;
  }
}
