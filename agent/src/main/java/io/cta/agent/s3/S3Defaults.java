package io.cta.agent.s3;

import io.cta.s3.S3Credentials;
import io.cta.s3.S3Endpoint;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine has for stores of S3 when a suite does not say it.
 *
 * @param credentials null when it has none
 * @param region of buckets
 * @param clock for signatures
 */
public record S3Defaults(S3Credentials credentials, String region, Clock clock) {
  /**
   * Reads the variables that Amazon's own programs read.
   *
   * @param environment of the agent
   */
  public static S3Defaults of(Map<String, String> environment, Clock clock) {
    String accessKey = value(environment, "AWS_ACCESS_KEY_ID").orElse(null);
    String secretKey = value(environment, "AWS_SECRET_ACCESS_KEY").orElse(null);
    String token = value(environment, "AWS_SESSION_TOKEN").orElse(null);
    String region =
        value(environment, "AWS_REGION")
            .or(() -> value(environment, "AWS_DEFAULT_REGION"))
            .filter(S3Endpoint::isRegion)
            .orElse(S3Endpoint.DEFAULT_REGION);
    boolean whole = accessKey != null && secretKey != null;
    return new S3Defaults(
        whole ? new S3Credentials(accessKey, secretKey, token) : null, region, clock);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
