package io.cta.bench.history;

import java.util.List;

/** I6: all messages of a run are valid, so no message may be dead-lettered or dropped. */
final class MessagesCheck {
  private MessagesCheck() {}

  static List<InvariantViolation> of(RunHistory history) {
    ViolationCollector found = new ViolationCollector(ExecutionInvariant.I6);
    history.givenUp().forEach(one -> found.breach(one.part(), one.line()));
    long told = history.givenUp().size();
    found.unless(
        history.deadLettered() <= told,
        "dead letters",
        history.deadLettered() + " are counted, the logs tell of " + told);
    return found.all();
  }
}
