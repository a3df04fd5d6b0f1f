package io.cta.broker.rabbitmq.consume;

/**
 * Whether a subscription has gone deaf: the connection is alive, but the server delivers nothing
 * though it should. Pure.
 */
final class StalledConsumerDetector {
  private static final int LOOKS = 2;

  /** After so many looks at a queue with nothing to deliver. */
  private static final int STALE_LOOKS = 20;

  private int waiting;
  private int looks;

  /** Something came, or is being worked on. */
  void clear() {
    waiting = 0;
    looks = 0;
  }

  /**
   * Judges a look at a queue from which nothing came.
   *
   * @param consumers that the server knows
   * @param ready messages that wait
   * @return why to subscribe anew, or null
   */
  String look(int consumers, int ready) {
    looks++;
    if (consumers == 0) {
      return "the server does not know this consumer";
    }
    waiting = ready == 0 ? 0 : waiting + 1;
    // once may be chance: it was just about to deliver
    return waiting < LOOKS ? null : ready + " messages wait and none comes";
  }

  /**
   * Whether nothing came for so long that subscribing anew is worth its small price: a server can
   * believe that it has delivered what its channel has lost, and then everything looks in order.
   */
  boolean stale() {
    return looks >= STALE_LOOKS;
  }
}
