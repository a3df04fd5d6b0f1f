package io.cta.agent.report.xml;

import io.cta.agent.report.TestCase;

/**
 * Compares the sums that a suite declares with the cases in it. The sums may be too small, because
 * many tools never count. They must not be too large, except by skipped cases without an element.
 */
final class SuiteSums {
  private final long tests;
  private final long failures;
  private final long errors;
  private final long skips;
  private final boolean countsOther;
  private long cases;
  private long failureElements;
  private long skipped;
  private long runs;
  private long lacking;
  private boolean hides;
  private boolean countsLines;

  private SuiteSums(long tests, long failures, long errors, long skips, boolean countsOther) {
    this.tests = tests;
    this.failures = failures;
    this.errors = errors;
    this.skips = skips;
    this.countsOther = countsOther;
  }

  /** The sums of the current element. */
  static SuiteSums of(XmlCursor suite) {
    return new SuiteSums(
        suite.number("tests"),
        suite.number("failures"),
        suite.number("errors"),
        suite.number("skipped") + suite.number("disabled") + suite.number("ignored"),
        countsOther(suite));
  }

  /** pytest counts subtests, which have no element of their own, and Catch2 assertions. */
  private static boolean countsOther(XmlCursor suite) {
    String name = String.valueOf(suite.attribute("name"));
    return name.equals("pytest")
        || name.equals("pytest tests")
        || "tbd".equals(suite.attribute("hostname"));
  }

  /**
   * @param elements failures and errors in it, those of earlier runs included
   * @param bareRun true when it says {@code status="run"} and nothing more, as doctest does, whose
   *     suites count assertions
   */
  void add(TestCase one, int elements, boolean bareRun) {
    cases++;
    skipped += one.skipped() ? 1 : 0;
    failureElements += Math.max(elements, one.failed() ? 1 : 0);
    runs += bareRun ? 1 : 0;
  }

  /** Its errors are lines on stderr, as gotestsum counts them. */
  void countsLines() {
    countsLines = true;
  }

  void addFailureElement() {
    failureElements++;
  }

  /** Adds the counts of a nested suite, once that is complete. */
  void add(SuiteSums inner) {
    cases += inner.cases;
    skipped += inner.skipped;
    failureElements += inner.failureElements;
    runs += inner.runs;
    countsLines |= inner.countsLines;
    lacking += inner.unexplained();
    hides |= inner.hidesFailures();
  }

  boolean isEmpty() {
    return cases == 0 && failureElements == 0;
  }

  /** What is wrong, or null. */
  String contradiction() {
    if (hidesFailures()) {
      return "it says that more failed than failures are in it";
    }
    long missing = unexplained();
    return missing > 0 ? "it says that it has " + missing + " more cases than are in it" : null;
  }

  private boolean hidesFailures() {
    return hides || failures + (countsLines ? 0 : errors) > failureElements;
  }

  /** Declared cases that have no element and cannot be skipped ones. */
  private long unexplained() {
    if (countsOther || tests <= 0) {
      return countsOther ? 0 : lacking;
    }
    if (runs > 0 && runs == cases && skips == 0) {
      return 0;
    }
    long invisible = Math.max(0, skips - skipped);
    long own = tests - cases - invisible;
    return Math.max(0, Math.max(own, lacking - invisible));
  }
}
