package io.cta.s3;

/** What CTA says of its objects: in headers, which a store gives back with the object. */
public final class S3Metadata {
  /** SHA-256 of the content in hex: an entity tag is no digest of what came in parts. */
  public static final String SHA256 = "x-amz-meta-cta-sha256";

  private S3Metadata() {}
}
