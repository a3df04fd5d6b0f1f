package io.cta.agent.run;

import io.cta.agent.report.ReportTrouble;
import java.util.List;

/**
 * What was read from a test's report files.
 *
 * @param declared whether the test says that it writes any
 * @param files how many were read
 * @param cases of every kind, those skipped included
 * @param ran cases that were not skipped
 * @param failed cases that failed, errors at suite level included
 * @param troubles why the report cannot be believed; empty when it can
 */
record ReportOutcome(
    boolean declared, int files, int cases, int ran, int failed, List<ReportTrouble> troubles) {
  static final ReportOutcome NONE = new ReportOutcome(false, 0, 0, 0, 0, List.of());

  ReportOutcome {
    troubles = List.copyOf(troubles);
  }
}
