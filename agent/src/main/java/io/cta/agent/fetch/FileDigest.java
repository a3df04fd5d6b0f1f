package io.cta.agent.fetch;

import io.cta.s3.Sha256;
import java.io.IOException;
import java.nio.file.Path;

/** Checks files against the digest that a suite expects. */
final class FileDigest {
  private FileDigest() {}

  static void check(Path file, String sha256, String what) throws IOException, FetchFailed {
    if (sha256 == null) {
      return;
    }
    String actual = of(file);
    if (!actual.equalsIgnoreCase(sha256.strip())) {
      throw new FetchFailed(
          what + " has another content: sha256 " + actual + ", expected " + sha256);
    }
  }

  static String of(Path file) throws IOException {
    return Sha256.of(file);
  }
}
