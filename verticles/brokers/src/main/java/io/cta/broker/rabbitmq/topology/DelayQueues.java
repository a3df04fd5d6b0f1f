package io.cta.broker.rabbitmq.topology;

import io.cta.broker.RedeliveryDecision;
import java.util.ArrayList;
import java.util.List;

/** The queues where messages wait for their next try, one for each length of wait. Pure. */
public final class DelayQueues {
  public static final String HEADER = "cta-delay";

  private DelayQueues() {}

  /** All waits, in milliseconds. */
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
