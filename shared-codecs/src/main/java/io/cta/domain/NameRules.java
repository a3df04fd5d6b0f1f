package io.cta.domain;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules for names: letters of every script. A letter with an accent can be written as one
 * character or as two. A name is kept as it was written; a search by the other spelling finds it,
 * unless something else has exactly that name. Pure.
 */
public final class NameRules {
  /** What a name must be, in words that follow "must". */
  public static final String RULE =
      "be 1 to 128 letters, accents, digits, spaces or ._:@+- and start with a letter or digit";

  private static final Pattern FORM =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._:@ +-]{0,127}");

  private NameRules() {}

  public static boolean valid(String name) {
    return FORM.matcher(name).matches();
  }

  /** All spellings of a name, the given one first. */
  public static List<String> ways(String name) {
    return Stream.of(
            name,
            Normalizer.normalize(name, Normalizer.Form.NFC),
            Normalizer.normalize(name, Normalizer.Form.NFD))
        .distinct()
        .toList();
  }

  /** Whether both are spellings of one name. */
  public static boolean same(String a, String b) {
    return a.equals(b) || composed(a).equals(composed(b));
  }

  /** The spelling that all spellings of a name have in common. */
  public static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }
}
