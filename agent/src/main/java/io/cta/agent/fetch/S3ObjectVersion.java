package io.cta.agent.fetch;

import io.cta.agent.s3.S3Answer;
import io.cta.agent.s3.S3Refused;
import io.cta.s3.S3Address;
import java.util.Map;

/**
 * The object that is wanted.
 *
 * @param etag of the content that is wanted, or null for whatever it is
 * @param version of the object, or null for the newest
 */
record S3ObjectVersion(String bucket, String key, String etag, String version) {
  private static final int CHANGED = 412;
  private static final int NOT_FOUND = 404;

  Map<String, String> query() {
    return version == null ? Map.of() : Map.of("versionId", version);
  }

  /** For people. */
  String text() {
    return new S3Address(bucket, key).toString();
  }

  /** Why an answer is of no use. */
  FetchFailed failure(S3Answer answer) {
    int status = answer.response().statusCode();
    return etag != null && (status == CHANGED || status == NOT_FOUND)
        ? FetchFailed.retryable(text() + " was changed while it was read")
        : failure(new S3Refused(text(), answer));
  }

  /** A refusal as a failure of the input. */
  static FetchFailed failure(S3Refused refused) {
    return refused.error().isTemporary()
        ? FetchFailed.retryable(refused.getMessage())
        : new FetchFailed(refused.getMessage());
  }
}
