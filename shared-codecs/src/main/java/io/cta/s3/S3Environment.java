package io.cta.s3;

import java.util.Map;
import java.util.Optional;

/**
 * What the variables of a program say that Amazon's own programs read.
 *
 * @param credentials empty when it does not have both keys
 * @param region of buckets
 */
public record S3Environment(Optional<S3Credentials> credentials, String region) {
  /**
   * @param environment of the program
   */
  public static S3Environment of(Map<String, String> environment) {
    String token = value(environment, "AWS_SESSION_TOKEN").orElse(null);
    Optional<S3Credentials> credentials =
        value(environment, "AWS_ACCESS_KEY_ID")
            .flatMap(
                accessKey ->
                    value(environment, "AWS_SECRET_ACCESS_KEY")
                        .map(secretKey -> new S3Credentials(accessKey, secretKey, token)));
    String region =
        value(environment, "AWS_REGION")
            .or(() -> value(environment, "AWS_DEFAULT_REGION"))
            .filter(S3Endpoint::isRegion)
            .orElse(S3Endpoint.DEFAULT_REGION);
    return new S3Environment(credentials, region);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
