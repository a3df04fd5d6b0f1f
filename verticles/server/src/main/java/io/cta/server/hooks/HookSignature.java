package io.cta.server.hooks;

import io.cta.domain.HookType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells genuine calls from others, over the bytes as they came and in constant time: GitLab and
 * builds of Jenkins by their token, GitHub, Gitea and Forgejo by HMAC-SHA256 of the body in hex,
 * others as Standard Webhooks has it. Pure; safe from any thread.
 */
public final class HookSignature {
  private static final String GITLAB_TOKEN = "X-Gitlab-Token";
  private static final String JENKINS_TOKEN = "X-CTA-Token";
  private static final String PREFIX = "sha256=";
  private static final String KEY_PREFIX = "whsec_";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final int HEX_CHARS = 64;

  private HookSignature() {}

  /**
   * False when the call cannot be genuine whatever its body is: so nobody has to read that.
   *
   * @param headers a header by its name, or null
   */
  public static boolean isPresent(HookType type, UnaryOperator<String> headers) {
    return switch (type) {
      case GITLAB -> !text(headers, GITLAB_TOKEN).isEmpty();
      case JENKINS -> !text(headers, JENKINS_TOKEN).isEmpty();
      case GENERIC -> !text(headers, "webhook-signature").isEmpty();
      case GITHUB, GITEA, FORGEJO -> !hex(type, headers).isEmpty();
    };
  }

  public static boolean isGenuine(
      HookType type, String secret, UnaryOperator<String> headers, byte[] body, Instant now) {
    if (secret == null || secret.isEmpty() || !isPresent(type, headers)) {
      return false;
    }
    return switch (type) {
      case GITLAB -> same(bytes(secret), bytes(text(headers, GITLAB_TOKEN)));
      case JENKINS -> same(bytes(secret), bytes(text(headers, JENKINS_TOKEN)));
      case GENERIC -> standard(secret, headers, body, now);
      case GITHUB, GITEA, FORGEJO -> {
        String wanted = HexFormat.of().formatHex(hmac(bytes(secret), body));
        yield hex(type, headers).stream().anyMatch(given -> same(bytes(wanted), bytes(given)));
      }
    };
  }

  /** The signatures of the form that they must have. */
  private static List<String> hex(HookType type, UnaryOperator<String> headers) {
    String hub = text(headers, "X-Hub-Signature-256");
    String prefixed = hub.startsWith(PREFIX) ? hub.substring(PREFIX.length()) : "";
    List<String> all =
        switch (type) {
          case GITHUB -> List.of(prefixed);
          case GITEA -> List.of(prefixed, text(headers, "X-Gitea-Signature"));
          default ->
              List.of(
                  prefixed,
                  text(headers, "X-Forgejo-Signature"),
                  text(headers, "X-Gitea-Signature"));
        };
    return all.stream().filter(one -> one.length() == HEX_CHARS).toList();
  }

  private static boolean standard(
      String secret, UnaryOperator<String> headers, byte[] body, Instant now) {
    String id = text(headers, "webhook-id");
    String at = text(headers, "webhook-timestamp");
    if (id.isEmpty() || !at.matches("[0-9]{1,12}")) {
      return false;
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(at)), now).abs();
    if (age.compareTo(TOLERANCE) > 0) {
      return false;
    }
    byte[] head = bytes(id + "." + at + ".");
    byte[] signed = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, signed, head.length, body.length);
    byte[] key = Base64.getDecoder().decode(secret.substring(KEY_PREFIX.length()));
    String wanted = "v1," + Base64.getEncoder().encodeToString(hmac(key, signed));
    boolean genuine = false;
    for (String given : text(headers, "webhook-signature").split(" ")) {
      genuine |= same(bytes(wanted), bytes(given));
    }
    return genuine;
  }

  private static byte[] hmac(byte[] key, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static boolean same(byte[] a, byte[] b) {
    return MessageDigest.isEqual(a, b);
  }

  private static String text(UnaryOperator<String> headers, String name) {
    String value = headers.apply(name);
    return value == null ? "" : value;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
