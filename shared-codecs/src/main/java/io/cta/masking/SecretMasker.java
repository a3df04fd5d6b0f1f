package io.cta.masking;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Hides the values of some secrets in texts and streams. Immutable, safe from any thread. */
public final class SecretMasker {
  /** Knows no secret. */
  public static final SecretMasker NONE = new SecretMasker(null);

  /** What stands for a secret. */
  public static final String MASK = "***";

  private static final byte[] CUT = "…".getBytes(StandardCharsets.UTF_8);

  /** Fewer bytes of a secret say nothing. */
  private static final int CUT_BYTES = 4;

  private final LiteralMatcher matcher;

  private SecretMasker(LiteralMatcher matcher) {
    this.matcher = matcher;
  }

  /**
   * Hides these values. Lines of a value are secrets, too, unless they are very short.
   *
   * @param secrets each of at least 8 characters; fewer would hide half of any output
   */
  public static SecretMasker of(Collection<String> secrets) {
    return secrets.isEmpty() ? NONE : new SecretMasker(new LiteralMatcher(SecretForms.of(secrets)));
  }

  public boolean isEmpty() {
    return matcher == null;
  }

  /** A masker for one stream. */
  public OutputMasker stream(OutputMasker.Sink sink) {
    return new OutputMasker(matcher, sink);
  }

  /**
   * The text without secrets, also without the beginning of one before an ellipsis; the same object
   * when it has none. Null stays null.
   */
  public String mask(String text) {
    if (matcher == null || text == null || text.isEmpty()) {
      return text;
    }
    byte[] bytes = withoutCutSecrets(text.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    OutputMasker masker = stream(out::write);
    masker.write(bytes, 0, bytes.length);
    masker.end();
    String masked = out.toString(StandardCharsets.UTF_8);
    return masked.equals(text) ? text : masked;
  }

  /**
   * A copy of a JSON object in which no text has a secret in it, names of fields included. Null
   * stays null.
   */
  public JsonObject mask(JsonObject json) {
    if (matcher == null || json == null) {
      return json;
    }
    JsonObject out = new JsonObject();
    for (Map.Entry<String, Object> field : json) {
      out.put(mask(field.getKey()), masked(field.getValue()));
    }
    return out;
  }

  /** A copy of the texts without secrets. */
  public List<String> mask(List<String> texts) {
    return matcher == null ? texts : texts.stream().map(this::mask).toList();
  }

  private Object masked(Object value) {
    if (value instanceof String text) {
      return mask(text);
    }
    if (value instanceof JsonObject object) {
      return mask(object);
    }
    if (value instanceof JsonArray array) {
      JsonArray out = new JsonArray();
      array.forEach(one -> out.add(masked(one)));
      return out;
    }
    return value;
  }

  /** The text without the beginning of a secret where an ellipsis says that it was cut off. */
  private byte[] withoutCutSecrets(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    int state = LiteralMatcher.START;
    int copied = 0;
    for (int i = 0; i < bytes.length; i++) {
      int begun = matcher.depth(state);
      if (begun >= CUT_BYTES && Arrays.mismatch(bytes, i, end(bytes, i), CUT, 0, 3) < 0) {
        int from = Math.max(copied, i - begun);
        out.write(bytes, copied, from - copied);
        out.writeBytes(MASK.getBytes(StandardCharsets.UTF_8));
        copied = i;
      }
      state = matcher.next(state, bytes[i]);
    }
    out.write(bytes, copied, bytes.length - copied);
    return out.toByteArray();
  }

  private static int end(byte[] bytes, int from) {
    return Math.min(bytes.length, from + CUT.length);
  }
}
