package io.cta.agent.intake;

import io.cta.broker.Broker;
import io.cta.message.Queues;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;

/**
 * An attempt that does not begin before the server has said that it is still wanted, and is asked
 * for that until it answers. Event loop only.
 */
final class Held {
  private static final long FIRST_PAUSE = 1_000;
  private static final long LONGEST_PAUSE = 10_000;

  private final Vertx vertx;
  private final Broker broker;
  private final Supplier<Buffer> question;
  private final Runnable start;
  private boolean begun;

  /**
   * @param question made anew each time that it is asked
   */
  Held(Vertx vertx, Broker broker, Supplier<Buffer> question, Runnable start) {
    this.vertx = vertx;
    this.broker = broker;
    this.question = question;
    this.start = start;
  }

  void ask() {
    ask(FIRST_PAUSE);
  }

  /** It is wanted, or is to end: then it begins for nothing but to say so. Again is harmless. */
  void begin() {
    if (!begun) {
      begun = true;
      start.run();
    }
  }

  private void ask(long pause) {
    if (!begun) {
      broker
          .publish(Queues.STATES, question.get())
          .onComplete(sent -> vertx.setTimer(pause, id -> ask(Math.min(LONGEST_PAUSE, 2 * pause))));
    }
  }
}
