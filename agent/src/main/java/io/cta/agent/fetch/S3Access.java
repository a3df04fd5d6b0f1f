package io.cta.agent.fetch;

import io.cta.agent.s3.S3Defaults;
import io.cta.domain.Repository;
import io.cta.s3.S3Credentials;

/** Finds the credentials for a store of S3. */
public final class S3Access {
  private S3Access() {}

  /**
   * Those that the input or output names, else the machine's.
   *
   * @throws FetchFailed when the task does not have what is named, or nobody has any
   */
  public static S3Credentials credentials(
      Repository repository, InputSecrets secrets, S3Defaults defaults) throws FetchFailed {
    if (repository.accessKey() != null) {
      return new S3Credentials(
          secrets.line("accessKey", repository.accessKey()),
          secrets.line("secretKey", repository.secretKey()),
          null);
    }
    if (defaults.credentials() == null) {
      throw FetchFailed.ofMachine(
          "type s3 without \"accessKey\" and \"secretKey\": this machine's agent"
              + " has no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
    return defaults.credentials();
  }
}
