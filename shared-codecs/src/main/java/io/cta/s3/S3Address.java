package io.cta.s3;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object, or all objects below a prefix. The key stands in the address as it is, without any
 * encoding.
 *
 * @param bucket name of the bucket
 * @param key of the object; a prefix is empty or ends with a slash
 */
public record S3Address(String bucket, String key) {
  /** The rule for people. */
  public static final String RULE =
      "must be s3://bucket/key, or s3://bucket/prefix/ for all that is below it";

  private static final Pattern FORM =
      Pattern.compile("s3://([A-Za-z0-9][A-Za-z0-9._-]{1,254})(?:/(.*))?", Pattern.DOTALL);
  private static final int MAX_KEY_BYTES = 1024;

  /** The address, or empty when the text is none. */
  public static Optional<S3Address> parse(String url) {
    Matcher m = FORM.matcher(url);
    if (!m.matches() || url.chars().anyMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    String key = m.group(2) == null ? "" : m.group(2);
    return isKey(key) ? Optional.of(new S3Address(m.group(1), key)) : Optional.empty();
  }

  /** Whether it is short enough for a key. */
  public static boolean isKey(String key) {
    return key.getBytes(StandardCharsets.UTF_8).length <= MAX_KEY_BYTES;
  }

  /** Whether all that is below it is meant. */
  public boolean isPrefix() {
    return key.isEmpty() || key.endsWith("/");
  }

  /** The address of an object of the bucket, for people. */
  public String text(String objectKey) {
    return "s3://" + bucket + "/" + objectKey;
  }

  @Override
  public String toString() {
    return text(key);
  }
}
