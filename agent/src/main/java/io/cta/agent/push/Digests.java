package io.cta.agent.push;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 of files and parts of them, in hex. */
final class Digests {
  private static final int BUFFER_BYTES = 64 * 1024;

  private Digests() {}

  static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  static String of(FileRange range) throws IOException {
    try (InputStream in = range.open()) {
      return of(in);
    }
  }

  private static String of(InputStream in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = new byte[BUFFER_BYTES];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        digest.update(bytes, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
