package io.cta.server.after;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.cta.error.ServiceFailure;

/**
 * Compiles and evaluates conditions written in CEL, the Common Expression Language
 * (https://github.com/google/cel-spec). Macros are off, so that an expression has no loop and its
 * cost is bounded by its length. The first use in a process takes seconds: off the event loop only.
 * Safe from any thread.
 */
public final class ConditionCompiler {
  /** Most characters of a condition. */
  public static final int MAX_LENGTH = 1_000;

  private static final int MAX_CACHED = 1_000;

  private static final Cache<String, CelRuntime.Program> PROGRAMS =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).executor(Runnable::run).build();

  private ConditionCompiler() {}

  /**
   * Checks a condition; throws INVALID, naming the field, with the place of the first error.
   *
   * @param field where it is written, for example {@code after[1].when}
   */
  public static void check(String field, String condition) {
    program(field, condition);
  }

  /**
   * Whether the condition holds. Throws INVALID, naming the field, when it cannot be evaluated, for
   * example because it asks for a count that does not exist.
   */
  public static boolean holds(String field, String condition, ConditionFacts facts) {
    try {
      return (Boolean) program(field, condition).eval(facts.values());
    } catch (CelEvaluationException e) {
      throw ServiceFailure.invalid(field, "cannot be evaluated: " + e.getMessage());
    }
  }

  private static CelRuntime.Program program(String field, String condition) {
    CelRuntime.Program known = PROGRAMS.getIfPresent(condition);
    if (known != null) {
      return known;
    }
    if (condition.length() > MAX_LENGTH) {
      throw ServiceFailure.invalid(field, "must have at most " + MAX_LENGTH + " characters");
    }
    try {
      CelValidationResult checked = ConditionLanguage.COMPILER.compile(condition);
      if (checked.hasError()) {
        throw ServiceFailure.invalid(field, "is no condition: " + first(checked));
      }
      CelRuntime.Program program = ConditionLanguage.RUNTIME.createProgram(checked.getAst());
      PROGRAMS.put(condition, program);
      return program;
    } catch (CelValidationException | CelEvaluationException e) {
      throw ServiceFailure.invalid(field, "is no condition: " + e.getMessage());
    }
  }

  private static String first(CelValidationResult checked) {
    CelIssue issue = checked.getErrors().get(0);
    return "line "
        + issue.getSourceLocation().getLine()
        + ", column "
        + (issue.getSourceLocation().getColumn() + 1)
        + ": "
        + issue.getMessage();
  }
}
