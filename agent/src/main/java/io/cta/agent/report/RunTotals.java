package io.cta.agent.report;

/** Compares the totals that a report declares with the cases that are read from it. */
public final class RunTotals implements CaseSink {
  private final CaseSink sink;
  private long cases;
  private long failed;
  private long claimedCases;
  private long claimedFailed;

  /** Counts the cases, and passes them on to another sink. */
  public RunTotals(CaseSink sink) {
    this.sink = sink;
  }

  @Override
  public void take(TestCase one) {
    cases += one.again() ? 0 : 1;
    failed += one.failed() ? 1 : 0;
    sink.take(one);
  }

  /** Notes totals that the report declares; the highest ones count. */
  public void claim(long ofCases, long ofFailed) {
    claimedCases = Math.max(claimedCases, ofCases);
    claimedFailed = Math.max(claimedFailed, ofFailed);
  }

  public long failed() {
    return failed;
  }

  /** Throws when the report declares more than was read from it. */
  public void check() throws ReportFault {
    if (claimedFailed > failed) {
      throw ReportFault.contradicts(
          "it says that " + claimedFailed + " failed, and has " + failed + " that did");
    }
    if (claimedCases > cases) {
      throw ReportFault.contradicts(
          "it says that it has " + claimedCases + " cases, and has " + cases);
    }
  }
}
