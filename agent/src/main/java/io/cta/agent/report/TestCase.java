package io.cta.agent.report;

import io.cta.domain.CaseDetails;
import io.cta.domain.Result;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * One case of a report. Suite, class and name together are its identity; texts are bounded.
 *
 * @param suite the path of suites that it is in, joined by {@link #SUITE_SEPARATOR}, or null
 * @param className or null
 * @param result skipped cases are {@code inconclusive}
 * @param flaky true when it failed first and passed when it was run again
 * @param again true when it takes the place of a failed case of the same identity that was read
 *     before, because its framework ran it again
 * @param message what went wrong, or why it was skipped; null when there is nothing to say
 * @param durationMs as the framework measured it, or null
 * @param details null when the report says no more
 */
@RecordBuilder
public record TestCase(
    String suite,
    String className,
    String name,
    Result result,
    boolean skipped,
    boolean flaky,
    boolean again,
    String message,
    Long durationMs,
    CaseDetails details) {
  public static final String SUITE_SEPARATOR = " > ";

  /** Class and name, as one case is told from another within its suite. */
  public String fullName() {
    return className == null ? name : className + "#" + name;
  }

  public boolean failed() {
    return result == Result.FAILED;
  }

  TestCase named(String other) {
    return TestCaseBuilder.builder(this).name(other).build();
  }

  /** The same case without its details, which may be left out when there is too much. */
  public TestCase withoutDetails() {
    return TestCaseBuilder.builder(this).details(null).build();
  }
}
