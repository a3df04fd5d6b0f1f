package io.cta.error;

/**
 * An expected failure: a code, a text for people and, for bad input, the field that is at fault and
 * the rule it breaks.
 */
public final class ServiceFailure extends RuntimeException {
  private final ErrorCode code;
  private final String field;
  private final String rule;
  private final long retrySeconds;

  public ServiceFailure(ErrorCode code, String message) {
    this(code, null, null, message, 0);
  }

  private ServiceFailure(
      ErrorCode code, String field, String rule, String message, long retrySeconds) {
    // no stack trace: these are answers, not bugs
    super(message, null, false, false);
    this.code = code;
    this.field = field;
    this.rule = rule;
    this.retrySeconds = retrySeconds;
  }

  /** A failure with code TOO_MANY; the caller may try again after {@code retrySeconds}. */
  public static ServiceFailure tooMany(String message, long retrySeconds) {
    return new ServiceFailure(ErrorCode.TOO_MANY, null, null, message, retrySeconds);
  }

  /** A field that breaks a rule; {@code rule} says which, in words that follow the field's name. */
  public static ServiceFailure invalid(String field, String rule) {
    return ofField(ErrorCode.INVALID, field, rule);
  }

  /** As {@link #invalid}, for another code. */
  public static ServiceFailure ofField(ErrorCode code, String field, String rule) {
    return new ServiceFailure(code, field, rule, field + " " + rule, 0);
  }

  public static ServiceFailure notFound(String what, String id) {
    return new ServiceFailure(ErrorCode.NOT_FOUND, "no " + what + " " + id);
  }

  /** The failure to tell others of: itself if it is expected, else INTERNAL without any detail. */
  public static ServiceFailure of(Throwable failure) {
    return failure instanceof ServiceFailure known
        ? known
        : new ServiceFailure(ErrorCode.INTERNAL, "internal error");
  }

  /** True when the failure is an expected one with that code. */
  public static boolean is(Throwable failure, ErrorCode code) {
    return failure instanceof ServiceFailure known && known.code == code;
  }

  public ErrorCode code() {
    return code;
  }

  /** Seconds after which to try again; 0 when unknown. */
  public long retrySeconds() {
    return retrySeconds;
  }

  /** The path of the field at fault, for example {@code tests[0].stages}, or null. */
  public String field() {
    return field;
  }

  /**
   * The rule that the field breaks, in words that follow the field's name; null without a field.
   */
  public String rule() {
    return rule;
  }
}
