package io.cta.broker.rabbitmq;

import io.cta.broker.Backoff;
import java.util.ArrayList;
import java.util.List;

/** How long what was put back has to wait; each wait is a queue of the server's. Pure. */
final class Delays {
  static final String HEADER = "cta-delay";

  private static final Backoff BACKOFF = new Backoff(10, 30_000);

  private Delays() {}

  /** After the {@code n}th time, in milliseconds. */
  static long after(int n) {
    return BACKOFF.after(n);
  }

  /** All there are. */
  static List<Long> steps() {
    List<Long> steps = new ArrayList<>();
    for (int n = 1; steps.isEmpty() || steps.get(steps.size() - 1) < BACKOFF.longest(); n++) {
      steps.add(after(n));
    }
    return steps;
  }

  static String queue(long millis) {
    return QueueArguments.DELAY + "." + millis;
  }
}
