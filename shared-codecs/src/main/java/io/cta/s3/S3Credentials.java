package io.cta.s3;

/**
 * What requests are signed with.
 *
 * @param accessKey is sent with each request
 * @param secretKey is never sent
 * @param sessionToken of temporary credentials, which is sent along; null for others
 */
public record S3Credentials(String accessKey, String secretKey, String sessionToken) {
  /** Shows nothing of them. */
  @Override
  public String toString() {
    return "credentials for S3";
  }
}
