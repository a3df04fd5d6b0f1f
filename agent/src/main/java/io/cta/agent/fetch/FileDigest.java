package io.cta.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

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
    MessageDigest digest = InputCache.sha256();
    byte[] bytes = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        digest.update(bytes, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
