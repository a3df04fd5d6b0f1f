package io.cta.broker.rabbitmq.topology;

import io.cta.broker.RedeliveryDecision;
import java.util.ArrayList;
import java.util.List;

/** How long what was put back has to wait; each wait is a queue of the server's. Pure. */
public final class DelayQueues {
  public static final String HEADER = "cta-delay";

  private DelayQueues() {}

  /** All there are. */
  public static List<Long> steps() {
    List<Long> steps = new ArrayList<>();
    for (int n = 1;
        steps.isEmpty() || steps.get(steps.size() - 1) < RedeliveryDecision.WAITS.longest();
        n++) {
      steps.add(RedeliveryDecision.WAITS.after(n));
    }
    return steps;
  }

  static String queue(long millis) {
    return QueueArguments.DELAY + "." + millis;
  }
}
