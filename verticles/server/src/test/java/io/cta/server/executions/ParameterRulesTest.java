package io.cta.server.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ServiceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "BASH_ENV",
        "ENV",
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "LD_AUDIT",
        "DYLD_INSERT_LIBRARIES",
        "PATH",
        "Path",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "PERL5OPT",
        "PERL5LIB",
        "RUBYOPT",
        "NODE_OPTIONS",
        "JAVA_TOOL_OPTIONS",
        "_JAVA_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "CLASSPATH",
        "IFS",
        "SHELLOPTS",
        "PS4",
        "GIT_SSH_COMMAND",
        "GIT_EXEC_PATH",
        "GIT_CONFIG_COUNT",
        "npm_config_script_shell",
        "CTA_TOKEN",
        "CTA_URL"
      })
  void what_loads_code_is_refused_unless_the_scenario_names_it(String name) {
    assertEquals("parameters." + name, refused(Map.of(name, "x"), Set.of()));
    assertEquals("parameters." + name, refused(Map.of(name, "x"), Set.of("OTHER")));
    ParameterRules.check(Map.of(name, "x"), Set.of(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"BRANCH", "GIT_BRANCH", "GIT_COMMIT", "PYTHON", "JAVA_HOME", "LEVEL", "P"})
  void what_ci_systems_give_is_taken(String name) {
    ParameterRules.check(Map.of(name, "a=b\nc"), Set.of());
  }

  @Test
  void a_nul_and_an_equals_sign_in_a_name_are_refused_by_field() {
    assertEquals("parameters.P", refused(Map.of("P", "a\0b"), Set.of("P")));
    assertEquals("parameters.A=B", refused(Map.of("A=B", "x"), Set.of()));
    assertEquals("parameters.A\0", refused(Map.of("A\0", "x"), Set.of()));
  }

  @Test
  void the_list_is_in_the_documents() throws IOException {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("conf/README.md"))) {
      at = at.getParent();
    }
    String text = Files.readString(at.resolve("conf/README.md"));
    for (String name : new TreeSet<>(ParameterRules.NAMES)) {
      assertTrue(text.contains("`" + name + "`"), name);
    }
    for (String prefix : ParameterRules.PREFIXES) {
      assertTrue(text.contains("`" + prefix + "*`"), prefix);
    }
  }

  private static String refused(Map<String, String> given, Set<String> named) {
    return assertThrows(ServiceFailure.class, () -> ParameterRules.check(given, named)).field();
  }
}
