package io.cta.server.security;

import io.cta.domain.SecretGenerator;
import io.cta.domain.TokenKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The raw form of a token, {@code cta_<kind>_<id>_<secret>}, and its digest. Pure. */
public final class TokenText {
  /** Longer credentials are refused unread. */
  static final int MAX_LENGTH = 512;

  private static final Pattern AGENT = Pattern.compile("cta_a_([0-9A-Za-z]{1,64})_.+");

  private TokenText() {}

  static String make(TokenKind kind, String id) {
    return "cta_" + letter(kind) + "_" + id + "_" + secret();
  }

  /** The id in the raw form of an agent's token, or null when it is none. */
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

  /** Takes as long for a near miss as for a far one. */
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
