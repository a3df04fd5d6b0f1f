package io.cta.server.push;

import io.cta.domain.Repository;
import io.cta.s3.S3Address;
import io.cta.text.PathSegment;

/**
 * Where the files of one execution are put: {@code SCENARIO/EXECUTION/} below the place that the
 * scenario names, beside what its machines push. Pure.
 *
 * @param root the place that is named, with a slash at its end
 * @param folder of the execution, with a slash at its end, as a path that is not encoded
 */
public record PushPlace(String root, String folder) {
  public static PushPlace of(Repository to, String scenario, String executionId) {
    String root = to.url().endsWith("/") ? to.url() : to.url() + "/";
    return new PushPlace(root, PathSegment.of(scenario) + "/" + PathSegment.of(executionId) + "/");
  }

  /** What is shared by all that is pushed there: the bucket or the host. */
  public static String receiver(Repository to) {
    return S3Address.parse(to.url())
        .map(address -> address.text(""))
        .orElseGet(() -> java.net.URI.create(to.url()).getAuthority());
  }

  /** The place for people. */
  @Override
  public String toString() {
    return root + folder;
  }
}
