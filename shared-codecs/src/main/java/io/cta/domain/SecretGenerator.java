package io.cta.domain;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Generates secrets that nobody can guess, whatever other secrets they have seen. Safe from any
 * thread.
 */
public final class SecretGenerator {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  private SecretGenerator() {}

  /** 256 random bits: 43 letters, digits, - and _. */
  public static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
