package io.cta.server.dispatch.scheduling;

import java.time.Duration;
import java.util.TreeMap;

/**
 * Waiting executions of which the oldest goes first. While nothing of a lane is released, its level
 * rises above its priority by one for each {@link #AGEING}. So a lane that is lower by {@code n}
 * has a turn after {@code n} times that, however many executions of higher priority keep coming.
 * Event loop of its verticle only.
 */
public final class WaitingLane {
  /** How long a lane waits until it counts as one priority higher. */
  static final Duration AGEING = Duration.ofSeconds(30);

  final LaneKey key;
  public final TreeMap<String, ExecutionEntry> executions = new TreeMap<>();

  /** Ticker time in nanoseconds since when it waits; null until the scheduler first looks at it. */
  private Long waitingSince;

  /** The oldest execution when the waiting began. */
  private String first;

  WaitingLane(LaneKey key) {
    this.key = key;
  }

  /**
   * Notes that one of its tasks was released. The lane waits anew, unless its tasks are bound: then
   * a release does not help the others.
   */
  void served() {
    if (!key.bound()) {
      waitingSince = null;
    }
  }

  /**
   * Its priority, raised by how long it has waited.
   *
   * @param now ticker time in nanoseconds
   */
  long level(long now) {
    if (waitingSince == null || servedAsAWhole()) {
      waitingSince = now;
      first = executions.firstKey();
    }
    return key.priority() + (now - waitingSince) / AGEING.toNanos();
  }

  /** True when the oldest execution of a lane of bound tasks no longer waits. */
  private boolean servedAsAWhole() {
    return key.bound() && !executions.firstKey().equals(first);
  }
}
