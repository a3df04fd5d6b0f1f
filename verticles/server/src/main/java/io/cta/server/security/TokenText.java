package io.cta.server.security;

import io.cta.domain.SecretGenerator;
import io.cta.domain.TokenKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds and reads a token's raw form, {@code cta_<kind>_<id>_<secret>}. Pure. */
public final class TokenText {
  /** Longer tokens are refused without a look-up. */
  static final int MAX_CHARS = 512;

  private static final Pattern AGENT = Pattern.compile("cta_a_([0-9A-Za-z]{1,64})_.+");

  private TokenText() {}

  static String make(TokenKind kind, String id) {
    return "cta_" + letter(kind) + "_" + id + "_" + secret();
  }

  /** The id in the raw form of an agent's token; null for any other text. */
  static String agentId(String raw) {
    Matcher matcher = AGENT.matcher(raw);
    return matcher.matches() ? matcher.group(1) : null;
  }

  static String secret() {
    return SecretGenerator.next();
  }

  /** SHA-256 in hex. */
  public static String digest(String raw) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(raw.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compares in constant time. */
  public static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static char letter(TokenKind kind) {
    return switch (kind) {
      case API -> 'p';
      case REGISTRATION -> 'r';
      case AGENT -> 'a';
    };
  }
}
