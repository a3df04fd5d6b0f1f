package io.cta.server.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes addresses that nobody can guess: a part of each is a code over the rest (HMAC-SHA256, its
 * first 128 bits). Whoever has such an address may read what is there. Any thread.
 */
public final class LinkSigner {
  private static final int CHARS = 32;

  private final SecretKeySpec key;

  LinkSigner(String key) {
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /** The code for what an address says. */
  public String code(String what) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] digest = mac.doFinal(what.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, CHARS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the code is that of what the address says; compares in constant time. */
  public boolean fits(String what, String code) {
    return code != null && TokenText.same(code(what), code);
  }
}
