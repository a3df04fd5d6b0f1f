package io.cta.server.executions;

import io.cta.domain.AfterPush;
import io.cta.domain.Repository;
import io.cta.domain.Scenario;
import io.cta.error.ServiceFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the secrets that a suite names, those that its tests see and those of its inputs and
 * outputs, and those that a scenario names. Pure.
 */
public final class SecretReferences {
  /** Most secrets of one suite. */
  static final int MAX = 50;

  private SecretReferences() {}

  /** The names of secrets, by the place that names them. */
  public static Map<String, String> of(
      Map<String, String> secrets, List<Repository> inputs, List<Repository> outputs) {
    Map<String, String> names = new LinkedHashMap<>();
    secrets.forEach((variable, name) -> names.put("secrets." + variable, name));
    add(names, "inputs", inputs);
    add(names, "outputs", outputs);
    return names;
  }

  /**
   * The names of the secrets with which a scenario pushes results, by the place that names them.
   */
  public static Map<String, String> of(Scenario scenario) {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < scenario.after().size(); i++) {
      AfterPush push = scenario.after().get(i).push();
      if (push != null) {
        String place = "after[" + i + "].push.to.";
        push.to().secretNames().forEach((field, name) -> names.put(place + field, name));
      }
    }
    return names;
  }

  private static void add(Map<String, String> names, String where, List<Repository> repositories) {
    for (int i = 0; i < repositories.size(); i++) {
      String place = where + "[" + i + "].";
      repositories.get(i).secretNames().forEach((field, name) -> names.put(place + field, name));
    }
  }

  /** Throws INVALID, naming the field, unless the secrets can be given to the tests. */
  static void check(Map<String, String> secrets, Map<String, ?> parameters) {
    if (secrets.size() > MAX) {
      throw ServiceFailure.invalid("secrets", "are more than " + MAX);
    }
    for (String variable : secrets.keySet()) {
      if (ParameterRules.loadsCode(variable)) {
        throw ServiceFailure.invalid(
            "secrets." + variable, "is a variable that the system itself reads");
      }
      if (parameters.containsKey(variable)) {
        throw ServiceFailure.invalid("secrets." + variable, "is a parameter of the suite, too");
      }
    }
  }
}
