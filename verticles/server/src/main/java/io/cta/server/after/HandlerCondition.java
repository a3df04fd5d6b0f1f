package io.cta.server.after;

import io.cta.domain.AfterHandler;
import io.cta.domain.AfterTrigger;

/** Decides whether the condition of a handler holds. As slow as {@link ConditionCompiler}. */
public final class HandlerCondition {
  private HandlerCondition() {}

  /** True when the decision depends on the execution before the one that is over. */
  public static boolean needsPrevious(AfterHandler handler) {
    return handler.when() != null
        || handler.on() == AfterTrigger.CHANGE
        || handler.on() == AfterTrigger.RECOVERY;
  }

  /**
   * Whether the condition holds; throws INVALID when it cannot be evaluated.
   *
   * @param index the handler's place in the scenario's {@code after}
   */
  public static boolean holds(int index, AfterHandler handler, ConditionFacts facts) {
    if (handler.when() != null) {
      return ConditionCompiler.holds("after[" + index + "].when", handler.when(), facts);
    }
    if (handler.on() == null) {
      return true;
    }
    return switch (handler.on()) {
      case ALWAYS -> true;
      case FAILURE -> !facts.isFine();
      case CHANGE -> facts.changed();
      case RECOVERY -> facts.recovered();
    };
  }
}
