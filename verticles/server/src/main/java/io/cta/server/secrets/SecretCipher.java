package io.cta.server.secrets;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts and opens them again: AES-GCM with a random nonce of 12 bytes. A sealed text is
 * {@code sealed:1:KEY:BASE64}; nobody without the key can read or change it. Safe from any thread,
 * never blocks.
 */
public final class SecretCipher {
  static final String PREFIX = "sealed:1:";

  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeys keys;
  private final String absence;
  private final SecureRandom random = new SecureRandom();

  private SecretCipher(SecretKeys keys, String absence) {
    this.keys = keys;
    this.absence = absence;
  }

  public static SecretCipher with(SecretKeys keys) {
    return new SecretCipher(keys, null);
  }

  /**
   * Has no keys and does nothing.
   *
   * @param why what is told to those who need it
   */
  public static SecretCipher without(String why) {
    return new SecretCipher(null, why);
  }

  /** Throws UNAVAILABLE when the server has no keys. */
  public String seal(String plain) {
    SecretKey key = keys().keys.get(0);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(utf8(plain));
      byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
      return PREFIX + key.id() + ":" + Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Throws UNAVAILABLE when the server does not have the key, or the sealed text was changed. */
  public String open(String sealed) {
    String id = keyOf(sealed);
    for (SecretKey key : keys().keys) {
      if (key.id().equals(id)) {
        return open(key, sealed);
      }
    }
    throw new ServiceFailure(
        ErrorCode.UNAVAILABLE,
        "a secret was sealed with key " + id + ", which this server does not have");
  }

  /** Whether a text was sealed by another key than the one that seals now. */
  public boolean isOld(String text) {
    return text.startsWith(PREFIX) && !keyOf(text).equals(keys().keys.get(0).id());
  }

  private String open(SecretKey key, String sealed) {
    try {
      byte[] all =
          Base64.getDecoder().decode(sealed.substring(PREFIX.length() + key.id().length() + 1));
      byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, key, nonce)
              .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return new String(plain, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ServiceFailure(ErrorCode.UNAVAILABLE, "a sealed secret is not as it was written");
    }
  }

  private SecretKeys keys() {
    if (keys == null) {
      throw new ServiceFailure(ErrorCode.UNAVAILABLE, absence);
    }
    return keys;
  }

  private static String keyOf(String sealed) {
    int end = sealed.indexOf(':', PREFIX.length());
    return sealed.startsWith(PREFIX) && end > 0 ? sealed.substring(PREFIX.length(), end) : "?";
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
