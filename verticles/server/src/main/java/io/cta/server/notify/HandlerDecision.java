package io.cta.server.notify;

import io.cta.domain.AfterHandler;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterState;
import io.cta.domain.ExecutionChain;
import io.cta.error.ServiceFailure;
import io.cta.server.after.ConditionFacts;
import io.cta.server.after.HandlerCondition;
import java.time.Instant;
import java.util.List;

/** Decides which handlers of an execution act. As slow as their conditions; else pure. */
final class HandlerDecision {
  private HandlerDecision() {}

  /** The outcomes, none of them waiting any longer. */
  static List<AfterOutcome> decide(
      List<AfterHandler> handlers, List<AfterOutcome> outcomes, ConditionFacts facts, Instant now) {
    return outcomes.stream()
        .map(
            outcome ->
                outcome.state() == AfterState.WAITING
                    ? decide(handlers.get(outcome.handler()), outcome, facts, now)
                    : outcome)
        .toList();
  }

  private static AfterOutcome decide(
      AfterHandler handler, AfterOutcome outcome, ConditionFacts facts, Instant now) {
    try {
      if (!HandlerCondition.holds(outcome.handler(), handler, facts)) {
        return outcome.now(AfterState.SKIPPED, "its condition does not hold", now);
      }
    } catch (ServiceFailure e) {
      return outcome.now(AfterState.FAILED, e.getMessage(), now);
    }
    int depth = ExecutionChain.depth(facts.execution().chain()) + 1;
    if (handler.start() != null && depth > ExecutionChain.MAX_DEPTH) {
      return outcome.now(
          AfterState.LOOP_CUT,
          "not started: it would have "
              + depth
              + " executions before it in the chain, and at most "
              + ExecutionChain.MAX_DEPTH
              + " are allowed",
          now);
    }
    return outcome.now(AfterState.DUE, null, now);
  }
}
