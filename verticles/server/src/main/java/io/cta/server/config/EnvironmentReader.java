package io.cta.server.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads settings from the environment and reports variables that look like mistyped keys. */
final class EnvironmentReader {
  /** Variables of others: the launcher, agents, tests that an agent runs, CTA's own tests. */
  private static final Set<String> FOREIGN =
      Set.of(
          "CTA_CONFIG",
          "CTA_HOME",
          "CTA_SERVER",
          "CTA_TOKEN",
          "CTA_URL",
          "CTA_NAME",
          "CTA_LABELS",
          "CTA_SLOTS",
          "CTA_MACHINE",
          "CTA_WORKSPACE",
          "CTA_ATTEMPT",
          "CTA_CHAIN",
          "CTA_LOG_LEVEL",
          "CTA_MONGO_URL",
          "CTA_TTY",
          "CTA_REQUIRE_SERVERS");

  private static final List<String> FOREIGN_PREFIXES =
      List.of("CTA_TEST_", "CTA_JAVA", "CTA_AGENT_", "CTA_TASK_", "CTA_EXECUTION_");

  private EnvironmentReader() {}

  /** Settings by key path. */
  static Map<String, ConfigSetting> read(Map<String, String> env, List<String> errors) {
    Map<String, ConfigSetting> out = new TreeMap<>();
    Map<String, String> known =
        ConfigKeys.ALL.stream().collect(Collectors.toMap(ConfigKey::variable, ConfigKey::path));
    new TreeMap<>(env)
        .forEach(
            (name, text) -> {
              if (known.containsKey(name)) {
                out.put(known.get(name), new ConfigSetting(text, name));
              } else if (!foreign(name)) {
                unknown(name, known.keySet()).ifPresent(errors::add);
              }
            });
    return out;
  }

  /** An error if the name begins with a section's prefix or resembles a key's variable. */
  private static Optional<String> unknown(String name, Set<String> known) {
    Optional<String> meant = NameSuggestion.to(name, known);
    boolean section =
        known.stream()
            .anyMatch(
                v ->
                    name.startsWith(v.substring(0, v.indexOf('_', 4) + 1))
                        && v.indexOf('_', 4) > 0);
    return section || meant.isPresent()
        ? Optional.of(
            name
                + " is not a known variable"
                + meant.map(m -> ", did you mean " + m + "?").orElse(""))
        : Optional.empty();
  }

  private static boolean foreign(String name) {
    return !name.startsWith("CTA_")
        || FOREIGN.contains(name)
        || FOREIGN_PREFIXES.stream().anyMatch(name::startsWith);
  }
}
