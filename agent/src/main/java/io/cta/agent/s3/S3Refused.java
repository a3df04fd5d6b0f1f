package io.cta.agent.s3;

import io.cta.s3.S3Error;
import java.io.IOException;

/** A store refused what it was asked for; the message says what and why. */
public final class S3Refused extends IOException {
  private final transient S3Error error;

  public S3Refused(String what, S3Answer answer) {
    super(
        what
            + ": the store answered "
            + (answer.error() == null
                ? answer.response().statusCode() + ", which was not asked for"
                : answer.error().text()));
    this.error =
        answer.error() == null
            ? new S3Error(answer.response().statusCode(), null, null, null, null, null)
            : answer.error();
  }

  public S3Error error() {
    return error;
  }
}
