package io.cta.agent.report;

/** Ends the reading of a report that cannot be believed from here on. */
public final class ReportFault extends Exception {
  private final String reason;

  /**
   * @param reason one of the constants of {@link ReportTrouble}
   */
  public ReportFault(String reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public static ReportFault truncated(String message) {
    return new ReportFault(ReportTrouble.TRUNCATED, message);
  }

  public static ReportFault contradicts(String message) {
    return new ReportFault(ReportTrouble.CONTRADICTS, message);
  }

  public static ReportFault unreadable(String message) {
    return new ReportFault(ReportTrouble.UNREADABLE, message);
  }

  public String reason() {
    return reason;
  }
}
