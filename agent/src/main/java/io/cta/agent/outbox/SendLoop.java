package io.cta.agent.outbox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does rounds of work, one at a time, for as long as there is work; a round that fails is done
 * again after a while. Rounds run on the lane's event loop.
 */
final class SendLoop {
  private static final Logger log = LoggerFactory.getLogger(SendLoop.class);
  private static final long FIRST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 5_000;

  private final Context context;
  private final String name;
  private final Supplier<Future<Boolean>> round;
  private boolean running;
  private boolean poked;
  private boolean closed;
  private long pause = FIRST_PAUSE;

  /**
   * @param round completes with true when it found work
   */
  SendLoop(Context context, String name, Supplier<Future<Boolean>> round) {
    this.context = context;
    this.name = name;
    this.round = round;
  }

  /** There may be work. Any thread. */
  void poke() {
    context.runOnContext(
        ignored -> {
          poked = true;
          turn();
        });
  }

  /** No further rounds. Event loop only. */
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
      pause = FIRST_PAUSE;
      poked |= done.result();
      running = false;
      turn();
      return;
    }
    if (!closed) {
      log.debug("not delivered yet [lane: {}, reason: {}]", name, done.cause().toString());
    }
    context
        .owner()
        .setTimer(
            pause,
            ignored -> {
              running = false;
              poke();
            });
    pause = Math.min(LONGEST_PAUSE, 2 * pause);
  }
}
