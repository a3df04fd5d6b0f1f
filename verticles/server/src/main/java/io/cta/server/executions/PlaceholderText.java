package io.cta.server.executions;

import io.cta.error.ServiceFailure;
import java.util.function.Function;
import org.apache.commons.text.StringSubstitutor;

/**
 * Replaces {@code ${NAME}} in the texts of definitions. {@code $${NAME}} stands for a plain {@code
 * ${NAME}}. A value is not looked into again. Pure.
 */
final class PlaceholderText {
  private PlaceholderText() {}

  static boolean has(String text) {
    return text.contains(StringSubstitutor.DEFAULT_VAR_START);
  }

  /**
   * Throws INVALID, naming the field, for a name that {@code values} does not know.
   *
   * @param values returns null for a name without a value
   */
  static String replace(String field, String text, Function<String, String> values) {
    return new StringSubstitutor(name -> value(field, name, values))
        .setValueDelimiter("")
        .setDisableSubstitutionInValues(true)
        .replace(text);
  }

  private static String value(String field, String name, Function<String, String> values) {
    String value = values.apply(name);
    if (value == null) {
      throw ServiceFailure.invalid(
          field, "names no parameter: ${" + name + "}; $${ stands for a plain ${");
    }
    return value;
  }
}
