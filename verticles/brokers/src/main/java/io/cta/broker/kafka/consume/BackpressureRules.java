package io.cta.broker.kafka.consume;

/**
 * Decides when reading a partition must stop: when many messages wait for a subscriber, when
 * unsettled messages take much memory, or when one unsettled message holds back the commit of very
 * many behind it. The limits are high, because a consumer hears of a stop only after its poll,
 * which costs time.
 */
final class BackpressureRules {
  private static final int MAX_WAITING = 1_000;
  private static final long MAX_BYTES = 32L << 20;
  private static final int MAX_UNCOMMITTED = 50_000;

  private BackpressureRules() {}

  /**
   * Whether to stop; a stopped partition goes on only below half of the limits.
   *
   * @param bytes of all unsettled messages of the queue
   */
  static boolean full(boolean stopped, LocalQueue queue, OffsetTracker offsetTracker, long bytes) {
    int divisor = stopped ? 2 : 1;
    return queue.pending() >= Math.max(2 * queue.prefetch(), MAX_WAITING) / divisor
        || bytes >= MAX_BYTES / divisor
        || offsetTracker.size() >= MAX_UNCOMMITTED / divisor;
  }
}
