package io.cta.server.webhook;

import io.cta.error.ServiceFailure;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that signs messages: {@code whsec_} and 24 to 64 bytes in base64. Safe from any thread. */
public final class SigningKey {
  private static final String PREFIX = "whsec_";
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;
  private static final int NEW_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;
  private final String text;

  private SigningKey(byte[] bytes, String text) {
    key = new SecretKeySpec(bytes, ALGORITHM);
    this.text = text;
  }

  /** A new key that nobody can guess. */
  public static SigningKey random() {
    byte[] bytes = new byte[NEW_BYTES];
    RANDOM.nextBytes(bytes);
    return new SigningKey(bytes, PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  /** Throws INVALID, naming the field, unless the text is a key in its one spelling. */
  public static SigningKey parse(String field, String text) {
    if (!text.startsWith(PREFIX)) {
      throw ServiceFailure.invalid(field, "must begin with " + PREFIX);
    }
    String written = text.substring(PREFIX.length());
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(written);
    } catch (IllegalArgumentException e) {
      throw notBase64(field);
    }
    if (!Base64.getEncoder().encodeToString(bytes).equals(written)) {
      throw notBase64(field);
    }
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw ServiceFailure.invalid(
          field, "must have " + MIN_BYTES + " to " + MAX_BYTES + " bytes, and has " + bytes.length);
    }
    return new SigningKey(bytes, text);
  }

  /** As people write it. */
  public String text() {
    return text;
  }

  /** Never the key, so that no log has it. */
  @Override
  public String toString() {
    return "SigningKey";
  }

  /** The HMAC of some bytes. */
  byte[] sign(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static ServiceFailure notBase64(String field) {
    return ServiceFailure.invalid(field, "must be base64 behind " + PREFIX + ", with its padding");
  }
}
