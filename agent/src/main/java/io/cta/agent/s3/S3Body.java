package io.cta.agent.s3;

import io.cta.s3.S3Signer;
import io.cta.s3.Sha256;
import java.net.http.HttpRequest;
import java.util.function.Supplier;

/**
 * The body of a request, which can be sent again.
 *
 * @param sha256 of it, in hex
 * @param publisher makes it anew for each try
 */
public record S3Body(String sha256, Supplier<HttpRequest.BodyPublisher> publisher) {
  public static final S3Body NONE =
      new S3Body(S3Signer.EMPTY_SHA256, HttpRequest.BodyPublishers::noBody);

  /** A small one. */
  public static S3Body of(byte[] bytes) {
    return new S3Body(Sha256.of(bytes), () -> HttpRequest.BodyPublishers.ofByteArray(bytes));
  }
}
