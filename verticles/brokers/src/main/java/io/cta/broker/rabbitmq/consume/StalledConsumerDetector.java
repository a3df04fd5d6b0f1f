package io.cta.broker.rabbitmq.consume;

/**
 * Decides whether a consumer has stalled: the connection is alive, but the server delivers nothing
 * though it should. Pure.
 */
final class StalledConsumerDetector {
  private static final int STALLED_CHECKS = 2;

  /** After so many checks of a queue with nothing to deliver. */
  private static final int STALE_CHECKS = 20;

  private int checksWithWaiting;
  private int checks;

  /** Something was delivered, or is being worked on. */
  void clear() {
    checksWithWaiting = 0;
    checks = 0;
  }

  /**
   * Judges a check of a queue from which nothing came.
   *
   * @param consumers that the server knows
   * @param ready messages that wait
   * @return why to subscribe again, or null
   */
  String check(int consumers, int ready) {
    checks++;
    if (consumers == 0) {
      return "the server does not know this consumer";
    }
    checksWithWaiting = ready == 0 ? 0 : checksWithWaiting + 1;
    // once may be chance: it was just about to deliver
    return checksWithWaiting < STALLED_CHECKS ? null : ready + " messages wait and none comes";
  }

  /**
   * Whether nothing came for so long that subscribing again is worth its small price: a server can
   * believe that it has delivered what its channel has lost, and then everything looks in order.
   */
  boolean stale() {
    return checks >= STALE_CHECKS;
  }
}
