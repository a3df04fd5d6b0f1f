package io.cta.broker.rabbitmq;

/**
 * Whether a subscription has gone deaf: the connection is alive, but the server delivers nothing
 * though it should. Pure.
 */
final class Suspicion {
  private static final int LOOKS = 2;

  private int waiting;

  /** Something came, or is being worked on. */
  void clear() {
    waiting = 0;
  }

  /**
   * Judges a look at a queue from which nothing came.
   *
   * @param consumers that the server knows
   * @param ready messages that wait
   * @return why to subscribe anew, or null
   */
  String look(int consumers, int ready) {
    if (consumers == 0) {
      return "the server does not know this consumer";
    }
    waiting = ready == 0 ? 0 : waiting + 1;
    // once may be chance: it was just about to deliver
    return waiting < LOOKS ? null : ready + " messages wait and none comes";
  }
}
