package io.cta.error;

/** Every kind of failure CTA reports: its wire code and the HTTP status that carries it. */
public enum ErrorCode {
  INVALID("invalid", 400),
  UNAUTHENTICATED("unauthenticated", 401),
  FORBIDDEN("forbidden", 403),
  NOT_FOUND("not-found", 404),
  CONFLICT("conflict", 409),
  DUPLICATE("duplicate", 409),
  /** Another session of the machine's agent is alive. */
  SESSION_TAKEN("session-taken", 409),
  /** The secret is an old one of an agent that has a newer one: a copy of the agent sent it. */
  COPIED("identity-copied", 410),
  STALE("stale", 412),
  TOO_LARGE("too-large", 413),
  UNSUPPORTED_MEDIA("unsupported-media-type", 415),
  PRECONDITION_REQUIRED("precondition-required", 428),
  TOO_MANY("too-many-requests", 429),
  INTERNAL("internal", 500),
  UNAVAILABLE("unavailable", 503),
  /** Another connection of the machine is just being checked; it may be gone in a moment. */
  SESSION_BEING_CHECKED("session-being-checked", 503),
  TIMEOUT("timeout", 504),
  NO_SPACE("insufficient-storage", 507);

  private final String code;
  private final int status;

  ErrorCode(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** The stable name of this failure in JSON, for example {@code not-found}. */
  public String code() {
    return code;
  }

  /** The HTTP status; several codes may share one. */
  public int status() {
    return status;
  }

  /** Whether the same may succeed in a while, without anybody doing anything. */
  public boolean passes() {
    return switch (this) {
      case UNAVAILABLE, TIMEOUT, NO_SPACE, TOO_MANY, INTERNAL -> true;
      default -> false;
    };
  }

  /** The code with that name, or {@link #INTERNAL} when there is none. */
  public static ErrorCode ofCode(String code) {
    for (ErrorCode value : values()) {
      if (value.code.equals(code)) {
        return value;
      }
    }
    return INTERNAL;
  }

  /** The first code with that HTTP status, or {@link #INTERNAL} when none has it. */
  public static ErrorCode ofStatus(int status) {
    for (ErrorCode value : values()) {
      if (value.status == status) {
        return value;
      }
    }
    return INTERNAL;
  }
}
