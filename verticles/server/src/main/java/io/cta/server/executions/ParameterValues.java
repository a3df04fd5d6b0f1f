package io.cta.server.executions;

import io.cta.domain.Scenario;
import io.cta.domain.SuiteParameter;
import io.cta.error.ServiceFailure;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Decides what the parameters of an execution are. Pure. */
final class ParameterValues {
  private ParameterValues() {}

  /**
   * The values of all parameters: what is given, else the scenario's, else the default. Throws
   * INVALID, naming the field, when one is missing, not allowed or not declared.
   *
   * @param declared by the suite; when it declares none, any may be given
   */
  static Map<String, String> of(
      Map<String, SuiteParameter> declared, Scenario scenario, Map<String, String> given) {
    Set<String> named = new LinkedHashSet<>(declared.keySet());
    named.addAll(scenario.parameters().keySet());
    ParameterRules.check(given, named);
    checkNames(declared, named, given.keySet());
    Map<String, String> values = new LinkedHashMap<>();
    declared.forEach((name, one) -> putIfSet(values, name, one.defaultValue()));
    values.putAll(scenario.parameters());
    values.putAll(given);
    declared.forEach((name, one) -> check(name, one, values.get(name)));
    return values;
  }

  /**
   * Throws INVALID, naming the field, when the scenario sets what its suite does not declare, or to
   * a value that it does not allow, or when its limits name no parameter or come to none. What is
   * missing whoever starts it may give.
   */
  static void check(Map<String, SuiteParameter> declared, Scenario scenario) {
    checkNames(declared, declared.keySet(), scenario.parameters().keySet());
    scenario
        .parameters()
        .forEach(
            (name, value) -> {
              if (declared.containsKey(name)) {
                check(name, declared.get(name), value);
              }
            });
    Map<String, String> known = new LinkedHashMap<>();
    declared.forEach((name, one) -> known.put(name, one.defaultValue()));
    known.putAll(scenario.parameters());
    ParameterFields.change(
        "timeouts", scenario.timeouts(), (field, text) -> knownText(field, text, known));
  }

  /** The text with its parameters replaced, or as it is while whoever starts it gives a value. */
  private static String knownText(String field, String text, Map<String, String> known) {
    Set<String> missing = new LinkedHashSet<>();
    String replaced =
        PlaceholderText.replace(
            field,
            text,
            name -> {
              if (known.containsKey(name) && known.get(name) == null) {
                missing.add(name);
                return "";
              }
              return known.get(name);
            });
    return missing.isEmpty() ? replaced : text;
  }

  private static void checkNames(
      Map<String, SuiteParameter> declared, Set<String> known, Set<String> names) {
    for (String name : names) {
      if (!declared.isEmpty() && !known.contains(name)) {
        throw ServiceFailure.invalid(
            "parameters." + name, "is not declared: there are " + String.join(", ", known));
      }
    }
  }

  private static void check(String name, SuiteParameter declared, String value) {
    String field = "parameters." + name;
    if (value == null) {
      throw ServiceFailure.invalid(field, "is required: it has no default");
    }
    if (!declared.allows(value)) {
      throw ServiceFailure.invalid(field, "must be one of " + String.join(", ", declared.values()));
    }
  }

  private static void putIfSet(Map<String, String> values, String name, String value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
