package io.cta.agent.s3;

import io.cta.s3.S3Credentials;
import io.cta.s3.S3Environment;
import java.time.Clock;
import java.util.Map;

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
    S3Environment read = S3Environment.of(environment);
    return new S3Defaults(read.credentials().orElse(null), read.region(), clock);
  }
}
