package io.cta.server.dispatch.scheduling;

import java.time.Duration;
import java.util.TreeMap;

/**
 * Waiting runs that take turns by age alone, the oldest first. A lane from which nothing was
 * released for a while rises above its priority, by one for each {@link #AGEING}: so whoever is
 * lower by {@code n} has a turn after {@code n} times as long, however much that is higher keeps
 * coming. Event loop of its verticle only.
 */
public final class WaitingLane {
  /** For how long a lane waits until it counts as one priority higher. */
  static final Duration AGEING = Duration.ofSeconds(30);

  final LaneKey key;
  public final TreeMap<String, ExecutionEntry> runs = new TreeMap<>();

  /** By the ticker; null until it is looked at. */
  private Long waitingSince;

  private String first;

  WaitingLane(LaneKey key) {
    this.key = key;
  }

  /** One of its tasks goes; the lane waits anew, as far as its tasks can stand for each other. */
  void served() {
    if (!key.bound()) {
      waitingSince = null;
    }
  }

  /**
   * Its priority with what its waiting adds.
   *
   * @param now by the ticker
   */
  long level(long now) {
    if (waitingSince == null || servedAsAWhole()) {
      waitingSince = now;
      first = runs.firstKey();
    }
    return key.priority() + (now - waitingSince) / AGEING.toNanos();
  }

  /** Of tasks that wait for a machine each, others do not stand for the one that waits. */
  private boolean servedAsAWhole() {
    return key.bound() && !runs.firstKey().equals(first);
  }
}
