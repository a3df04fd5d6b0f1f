package io.cta.agent.run;

/**
 * What a test's report files came to.
 *
 * @param declared whether the test says that it writes any
 * @param trouble what is wrong with a file that could not be read to its end, or null
 */
record ReportOutcome(boolean declared, int files, int cases, String trouble) {
  static final ReportOutcome NONE = new ReportOutcome(false, 0, 0, null);
}
