package io.cta.agent.run;

import io.cta.agent.report.ReportTrouble;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.util.Optional;

/**
 * Counts the results that a test sent to the result API and that were refused. The test may not
 * look at the answer, so its end must not be called ok. Any thread.
 */
final class RefusedResults {
  private int count;
  private boolean failed;
  private boolean tooMany;
  private String first;

  synchronized void add(Throwable why) {
    count++;
    tooMany |= ServiceFailure.is(why, ErrorCode.TOO_MANY);
    first = first == null ? String.valueOf(why.getMessage()) : first;
  }

  /** A refused result said that something failed. */
  synchronized void addFailed() {
    failed = true;
  }

  synchronized boolean anyFailed() {
    return failed;
  }

  /** Why the test cannot be believed; empty when nothing was refused. */
  synchronized Optional<ReportTrouble> trouble() {
    if (count == 0) {
      return Optional.empty();
    }
    String reason = tooMany ? ReportTrouble.TOO_MANY : ReportTrouble.REFUSED;
    String text = count + " results of the test were not taken; the first: " + first;
    return Optional.of(new ReportTrouble(reason, text));
  }
}
