package io.cta.agent.run;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes the tokens by which tests report. */
final class TestTokenGenerator {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TestTokenGenerator() {}

  static String next() {
    byte[] bytes = new byte[20];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
