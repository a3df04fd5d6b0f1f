package io.cta.agent.outbox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs rounds of sending, one at a time, as long as there is work; a round that fails is repeated
 * after a growing pause. Rounds run on the event loop of the given context.
 */
final class SendLoop {
  private static final Logger log = LoggerFactory.getLogger(SendLoop.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final Context context;
  private final String name;
  private final Supplier<Future<Boolean>> round;
  private boolean running;
  private boolean poked;
  private boolean closed;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  /**
   * @param round completes with true when it found work
   */
  SendLoop(Context context, String name, Supplier<Future<Boolean>> round) {
    this.context = context;
    this.name = name;
    this.round = round;
  }

  /** Tells the loop that there may be work. Any thread. */
  void poke() {
    context.runOnContext(
        ignored -> {
          poked = true;
          turn();
        });
  }

  /** Starts no further rounds. Event loop only. */
  void close() {
    closed = true;
  }

  private void turn() {
    if (running || closed || !poked) {
      return;
    }
    running = true;
    poked = false;
    round.get().onComplete(done -> context.runOnContext(ignored -> ended(done)));
  }

  private void ended(io.vertx.core.AsyncResult<Boolean> done) {
    if (done.succeeded()) {
      pauseMillis = FIRST_PAUSE_MILLIS;
      poked |= done.result();
      running = false;
      turn();
      return;
    }
    if (!closed) {
      log.debug("not delivered yet [loop: {}, reason: {}]", name, done.cause().toString());
    }
    context
        .owner()
        .setTimer(
            pauseMillis,
            ignored -> {
              running = false;
              poke();
            });
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
  }
}
