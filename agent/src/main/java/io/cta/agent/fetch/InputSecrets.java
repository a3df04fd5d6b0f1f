package io.cta.agent.fetch;

import java.util.Map;
import java.util.Optional;

/** The values of the secrets that inputs name. Never shows them. Any thread. */
public final class InputSecrets {
  public static final InputSecrets NONE = new InputSecrets(Map.of());

  private final Map<String, String> values;

  /**
   * @param values by the names of the secrets
   */
  public InputSecrets(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** The value of a secret, if this task has it. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * The value of the secret that a field names; null when the field is not set.
   *
   * @throws FetchFailed when the task does not have the secret
   */
  String of(String field, String name) throws FetchFailed {
    if (name == null) {
      return null;
    }
    String value = values.get(name);
    if (value == null || value.isBlank()) {
      throw new FetchFailed(
          "\"" + field + "\" names the secret \"" + name + "\", which this task does not have");
    }
    return value;
  }

  /** As {@link #of}, for a value that stands in one line. */
  public String line(String field, String name) throws FetchFailed {
    String value = of(field, name);
    String line = value == null ? null : value.strip();
    if (line != null && line.chars().anyMatch(Character::isISOControl)) {
      throw new FetchFailed(
          "the secret \"" + name + "\", which \"" + field + "\" names, must be one line");
    }
    return line;
  }

  @Override
  public String toString() {
    return values.size() + " secrets";
  }
}
