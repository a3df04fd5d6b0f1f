package io.cta.domain;

import io.cta.error.ServiceFailure;
import io.cta.s3.S3Address;
import io.cta.s3.S3Endpoint;
import java.util.Optional;
import java.util.function.Predicate;

/** The rules of {@link RepositoryRules} that only fields of type s3 have. Pure. */
final class S3Rules {
  private S3Rules() {}

  static void check(String at, Repository r, Predicate<String> isOpen) {
    if (r.url() != null && !isOpen.test(r.url())) {
      Optional<S3Address> address = S3Address.parse(r.url());
      if (address.isEmpty()) {
        throw ServiceFailure.invalid(at + "url", S3Address.RULE);
      }
      if (r.version() != null && address.get().isPrefix()) {
        throw ServiceFailure.invalid(at + "version", "is for one object, and url names a prefix");
      }
    }
    if (r.endpoint() != null && !isOpen.test(r.endpoint()) && !S3Endpoint.isAddress(r.endpoint())) {
      throw ServiceFailure.invalid(at + "endpoint", S3Endpoint.RULE);
    }
    if (r.region() != null && !isOpen.test(r.region()) && !S3Endpoint.isRegion(r.region())) {
      throw ServiceFailure.invalid(at + "region", "must have letters, digits and - only");
    }
    together(at, "accessKey", r.accessKey(), "secretKey", r.secretKey());
    together(at, "secretKey", r.secretKey(), "accessKey", r.accessKey());
  }

  private static void together(
      String at, String field, String value, String other, String otherValue) {
    if (value != null && otherValue == null) {
      throw ServiceFailure.invalid(at + field, "goes with " + other);
    }
  }
}
