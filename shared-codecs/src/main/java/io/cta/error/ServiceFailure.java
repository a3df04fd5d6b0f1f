package io.cta.error;

/**
 * An expected failure: a code, a text for people and, for bad input, the field that is at fault.
 */
public final class ServiceFailure extends RuntimeException {
  private final ErrorCode code;
  private final String field;
  private final long retrySeconds;

  public ServiceFailure(ErrorCode code, String message) {
    this(code, null, message);
  }

  public ServiceFailure(ErrorCode code, String field, String message) {
    this(code, field, message, 0);
  }

  private ServiceFailure(ErrorCode code, String field, String message, long retrySeconds) {
    // no stack trace: these are answers, not bugs
    super(message, null, false, false);
    this.code = code;
    this.field = field;
    this.retrySeconds = retrySeconds;
  }

  /** A failure with code TOO_MANY; the caller may try again after {@code retrySeconds}. */
  public static ServiceFailure tooMany(String message, long retrySeconds) {
    return new ServiceFailure(ErrorCode.TOO_MANY, null, message, retrySeconds);
  }

  /** A field that breaks a rule; {@code rule} says which, in words that follow the field's name. */
  public static ServiceFailure invalid(String field, String rule) {
    return new ServiceFailure(ErrorCode.INVALID, field, field + " " + rule);
  }

  public static ServiceFailure notFound(String what, String id) {
    return new ServiceFailure(ErrorCode.NOT_FOUND, "no " + what + " " + id);
  }

  public ErrorCode code() {
    return code;
  }

  /** Seconds after which to try again; 0 when unknown. The event bus does not carry it. */
  public long retrySeconds() {
    return retrySeconds;
  }

  /** The path of the field at fault, for example {@code tests[0].stages}, or null. */
  public String field() {
    return field;
  }
}
