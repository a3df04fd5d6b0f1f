package io.cta.broker.rabbitmq;

import io.cta.broker.Fate;
import java.util.ArrayList;
import java.util.List;

/** How long what was put back has to wait; each wait is a queue of the server's. Pure. */
final class Delays {
  static final String HEADER = "cta-delay";

  private Delays() {}

  /** All there are. */
  static List<Long> steps() {
    List<Long> steps = new ArrayList<>();
    for (int n = 1; steps.isEmpty() || steps.get(steps.size() - 1) < Fate.WAITS.longest(); n++) {
      steps.add(Fate.WAITS.after(n));
    }
    return steps;
  }

  static String queue(long millis) {
    return QueueArguments.DELAY + "." + millis;
  }
}
