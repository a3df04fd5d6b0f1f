package io.cta.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of texts, bodies and streams, in hex. Safe from any thread. */
public final class Sha256 {
  private static final int BUFFER_BYTES = 64 * 1024;

  private Sha256() {}

  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(algorithm().digest(bytes));
  }

  /** Of all that the stream still has; the caller closes it. Blocks. */
  public static String of(InputStream in) throws IOException {
    MessageDigest digest = algorithm();
    byte[] bytes = new byte[BUFFER_BYTES];
    for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
      digest.update(bytes, 0, n);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a file. Blocks. */
  public static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  private static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
