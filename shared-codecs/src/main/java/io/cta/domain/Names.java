package io.cta.domain;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What things may be called: words of every script. A letter with an accent may be written as one
 * character or as two; it is the same name, kept in the first form (NFC). Pure.
 */
public final class Names {
  /** What a name must be, in words that follow "must". */
  public static final String RULE =
      "be 1 to 128 letters, accents, digits, spaces or ._:@+- and start with a letter or digit";

  private static final Pattern FORM =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._:@ +-]{0,127}");

  private Names() {}

  /** The form in which a name is kept and looked up; null stays null. */
  public static String normal(String name) {
    return name == null ? null : Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  static List<String> normal(List<String> names) {
    return names == null ? List.of() : names.stream().map(Names::normal).toList();
  }

  /** Whether it is a name, in whichever form it is written. */
  public static boolean valid(String name) {
    return FORM.matcher(normal(name)).matches();
  }
}
