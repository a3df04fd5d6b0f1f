package io.cta.domain;

import io.cta.error.ServiceFailure;
import io.cta.text.TextCut;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The checks and defensive copies that the records' constructors share. */
final class FieldChecks {
  private FieldChecks() {}

  static String name(String field, String value) {
    if (value == null) {
      throw ServiceFailure.invalid(field, "is required");
    }
    if (!NameRules.valid(value)) {
      throw ServiceFailure.invalid(field, "must " + NameRules.RULE);
    }
    return value;
  }

  static String required(String field, String value) {
    if (value == null || value.isBlank()) {
      throw ServiceFailure.invalid(field, "is required");
    }
    return value;
  }

  static int range(String field, int value, int min, int max) {
    if (value < min || value > max) {
      throw ServiceFailure.invalid(field, "must be between " + min + " and " + max);
    }
    return value;
  }

  static <T> List<T> list(List<T> value) {
    return value == null ? List.of() : List.copyOf(value);
  }

  /** A copy that keeps the order; null becomes empty. */
  static <V> Map<String, V> map(Map<String, V> value) {
    return value == null
        ? Map.of()
        : java.util.Collections.unmodifiableMap(new LinkedHashMap<>(value));
  }

  /**
   * A text for one line, made of one that a stranger wrote: control characters become blanks, and
   * what is too long is cut off. Null stays null.
   */
  static String line(String text, int maxLength) {
    if (text == null) {
      return null;
    }
    String plain =
        text.codePoints().anyMatch(Character::isISOControl)
            ? text.replaceAll("\\p{Cntrl}", " ")
            : text;
    return TextCut.beginning(plain, maxLength);
  }

  static <T> T or(T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
