package io.cta.masking;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lists the forms in which a secret appears in output: as it is, each of its lines, and both as
 * programs encode them for base64, addresses, JSON, XML and shells. Pure.
 */
final class SecretForms {
  /** A shorter line says nothing by itself, and would hide half of the output. */
  static final int MIN_LINE_CHARS = 4;

  /** Base64 of fewer bytes than these is too short to be told from other text. */
  private static final int MIN_BASE64_BYTES = 6;

  private static final int MIN_ENCODED_CHARS = 6;

  /** Characters of a line of MIME and of PEM. */
  private static final List<Integer> FOLDS = List.of(76, 64);

  private static final String UNRESERVED = "-_.~";
  private static final String COMPONENT = UNRESERVED + "!*'()";
  private static final String ADDRESS = COMPONENT + ";,/?:@&=+$#";

  private SecretForms() {}

  static Set<String> of(Collection<String> secrets) {
    Set<String> forms = new LinkedHashSet<>();
    for (String secret : secrets) {
      Set<String> texts = new LinkedHashSet<>();
      texts.add(secret);
      texts.add(secret.strip());
      secret.lines().map(String::strip).forEach(texts::add);
      for (String text : texts) {
        if (text.strip().length() >= MIN_LINE_CHARS) {
          add(forms, text);
        }
      }
    }
    return forms;
  }

  private static void add(Set<String> forms, String text) {
    forms.add(text);
    if (text.indexOf('\n') >= 0) {
      forms.add(text.replace("\r\n", "\n"));
      forms.add(text.replace("\r\n", "\n").replace("\n", "\r\n"));
    }
    for (String safe : List.of(UNRESERVED, COMPONENT, ADDRESS)) {
      forms.add(percent(text, safe, true));
      forms.add(percent(text, safe, false));
      forms.add(percent(text, safe, true).replace("%20", "+"));
    }
    forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
    for (boolean upper : new boolean[] {true, false}) {
      forms.add(json(text, "", false, upper));
      forms.add(json(text, "/", false, upper));
      forms.add(json(text, "", true, upper));
      forms.add(json(text, "/", true, upper));
      // for HTML inside of JSON
      forms.add(json(text, "", true, upper, "<>&'"));
    }
    forms.add(text.replace("'", "'\\''"));
    xml(forms, text);
    base64(forms, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void xml(Set<String> forms, String text) {
    String basic = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    forms.add(basic);
    forms.add(text.replace("&", "&amp;").replace("<", "&lt;"));
    String quoted = basic.replace("\"", "&quot;");
    forms.add(quoted);
    for (String apostrophe : List.of("&apos;", "&#39;", "&#x27;")) {
      forms.add(quoted.replace("'", apostrophe));
      forms.add(basic.replace("'", apostrophe));
      forms.add(basic.replace("\"", "&#34;").replace("'", apostrophe));
    }
  }

  private static String percent(String text, String safe, boolean upper) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c < 0x80 && safe.indexOf(c) >= 0;
      if (plain) {
        out.append(c);
      } else {
        String hex = String.format(Locale.ROOT, "%%%02x", (int) c);
        out.append(upper ? hex.toUpperCase(Locale.ROOT) : hex);
      }
    }
    return out.toString();
  }

  private static String json(String text, String slashed, boolean ascii, boolean upper) {
    return json(text, slashed, ascii, upper, "");
  }

  /**
   * @param slashed characters that get a backslash although they need none
   * @param ascii whether all others than ASCII are written by their number
   * @param numbered characters that are written by their number, too
   */
  private static String json(
      String text, String slashed, boolean ascii, boolean upper, String numbered) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int known = "\b\t\n\f\r".indexOf(c);
      if (known >= 0) {
        out.append('\\').append("btnfr".charAt(known));
      } else if (c == '"' || c == '\\' || slashed.indexOf(c) >= 0) {
        out.append('\\').append(c);
      } else if (c < ' ' || ascii && c > '~' || numbered.indexOf(c) >= 0) {
        String hex = String.format(Locale.ROOT, "%04x", (int) c);
        out.append("\\u").append(upper ? hex.toUpperCase(Locale.ROOT) : hex);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /**
   * Adds what every base64 text has in it that contains these bytes, wherever they begin in it, and
   * the lines of one that is folded.
   */
  private static void base64(Set<String> forms, byte[] bytes) {
    if (bytes.length < MIN_BASE64_BYTES) {
      return;
    }
    String whole = Base64.getEncoder().encodeToString(bytes);
    List<String> all = new ArrayList<>(List.of(whole));
    for (int shift = 0; shift < 3; shift++) {
      all.add(inside(bytes, shift));
    }
    for (int width : FOLDS) {
      fold(all, whole, width);
      fold(all, inside(bytes, 0), width);
    }
    for (String form : all) {
      if (form.length() >= MIN_ENCODED_CHARS) {
        forms.add(form);
        forms.add(form.replace('+', '-').replace('/', '_'));
      }
    }
  }

  private static void fold(List<String> lines, String text, int width) {
    for (int from = 0; from < text.length() && text.length() > width; from += width) {
      lines.add(text.substring(from, Math.min(text.length(), from + width)));
    }
  }

  /** The characters that depend on these bytes only, when {@code shift} others precede them. */
  private static String inside(byte[] bytes, int shift) {
    byte[] shifted = new byte[shift + bytes.length];
    System.arraycopy(bytes, 0, shifted, shift, bytes.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int first = shift == 0 ? 0 : shift + 1;
    int last = shifted.length % 3 == 0 ? text.length() : text.length() - 1;
    return text.substring(first, last);
  }
}
