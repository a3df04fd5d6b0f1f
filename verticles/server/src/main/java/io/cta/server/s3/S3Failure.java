package io.cta.server.s3;

/**
 * A store refused a request, or did not answer it; the message says what and why. Expected, and so
 * without a stack trace.
 */
public final class S3Failure extends RuntimeException {
  /** Status of what was no answer. */
  public static final int NONE = 0;

  private static final int NOT_FOUND = 404;

  private final int status;
  private final boolean corrected;

  /**
   * @param status of the answer, or {@link #NONE}
   * @param corrected whether the same request is signed otherwise from now on
   */
  S3Failure(String message, int status, boolean corrected) {
    super(message, null, false, false);
    this.status = status;
    this.corrected = corrected;
  }

  public S3Failure(String message) {
    this(message, NONE, false);
  }

  /** Whether that is because there is no such object, or no such bucket. */
  public static boolean isNotFound(Throwable failure) {
    return failure instanceof S3Failure known && known.status == NOT_FOUND;
  }

  boolean isCorrected() {
    return corrected;
  }
}
