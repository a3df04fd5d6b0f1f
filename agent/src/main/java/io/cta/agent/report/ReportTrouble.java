package io.cta.agent.report;

/**
 * Why a test's report cannot be believed.
 *
 * @param reason a word such as {@code reportMissing}, which becomes the status's reason
 * @param message for people, with the file's name
 */
public record ReportTrouble(String reason, String message) {
  public static final String MISSING = "reportMissing";
  public static final String EMPTY = "reportEmpty";
  public static final String TRUNCATED = "reportTruncated";
  public static final String STALE = "reportStale";
  public static final String CONTRADICTS = "reportContradicts";
  public static final String UNREADABLE = "reportUnreadable";
  public static final String TOO_LARGE = "reportTooLarge";

  /** Not about a report: results that the test sent itself were refused. */
  public static final String REFUSED = "resultRefused";

  public static final String TOO_MANY = "tooManyResults";
}
