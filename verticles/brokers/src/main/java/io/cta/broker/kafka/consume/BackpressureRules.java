package io.cta.broker.kafka.consume;

/**
 * When a partition's records have to stop: when many messages wait for a subscriber, when those
 * that are not settled take much memory, or when one of them holds back the commit of very many
 * behind it. Rarely: a consumer hears of it only after its poll, which costs time.
 */
final class BackpressureRules {
  private static final int WAITING = 1_000;
  private static final long BYTES = 32L << 20;
  private static final int BEHIND = 50_000;

  private BackpressureRules() {}

  /**
   * Whether to stop; who has stopped goes on only when half of it is gone.
   *
   * @param bytes of all messages of the queue that are not settled
   */
  static boolean full(boolean stopped, LocalQueue queue, OffsetTracker offsetTracker, long bytes) {
    int share = stopped ? 2 : 1;
    return queue.pending() >= Math.max(2 * queue.prefetch(), WAITING) / share
        || bytes >= BYTES / share
        || offsetTracker.size() >= BEHIND / share;
  }
}
