package io.cta.server.secrets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key that seals texts: AES with 256 bits.
 *
 * @param id tells keys apart in what they sealed; says nothing of the key
 */
record SecretKey(String id, byte[] bytes) {
  private static final int BYTES = 32;
  private static final int ID_CHARS = 8;

  static SecretKey generate() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return of(bytes);
  }

  /** Parses the text of a key; throws IllegalArgumentException unless it is one. */
  static SecretKey parse(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a key has 32 bytes in base64");
    }
    return of(bytes);
  }

  String text() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "key " + id;
  }

  private static SecretKey of(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new SecretKey(HexFormat.of().formatHex(digest).substring(0, ID_CHARS), bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
