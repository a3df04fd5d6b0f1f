package io.cta.server.executions;

import io.cta.error.ServiceFailure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which parameters may be set when a scenario is started. A parameter becomes an
 * environment variable of the tests' processes, and some variables make a shell, a linker or a
 * runtime load code of the setter's choice: those may be set only if the scenario names them. Pure.
 */
public final class ParameterRules {
  /** Prefixes of variables that can load code. */
  static final List<String> PREFIXES =
      List.of(
          "BASH_FUNC_", "COR_", "CORECLR_", "CTA_", "DYLD_", "GIT_CONFIG", "LD_", "NPM_CONFIG_");

  static final Set<String> NAMES =
      Set.of(
          "ANT_OPTS",
          "BASH_ENV",
          "BASHOPTS",
          "BROWSER",
          "CDPATH",
          "CLASSPATH",
          "COMSPEC",
          "DOTNET_STARTUP_HOOKS",
          "EDITOR",
          "ENV",
          "GCONV_PATH",
          "GIT_ASKPASS",
          "GIT_EDITOR",
          "GIT_EXEC_PATH",
          "GIT_EXTERNAL_DIFF",
          "GIT_PAGER",
          "GIT_PROXY_COMMAND",
          "GIT_SSH",
          "GIT_SSH_COMMAND",
          "GIT_TEMPLATE_DIR",
          "GNUMAKEFLAGS",
          "GOFLAGS",
          "GRADLE_OPTS",
          "HOME",
          "IFS",
          "JAVA_OPTS",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "LESSCLOSE",
          "LESSOPEN",
          "LUA_CPATH",
          "LUA_INIT",
          "LUA_PATH",
          "MAKEFILES",
          "MAKEFLAGS",
          "MAVEN_ARGS",
          "MAVEN_OPTS",
          "NODE_OPTIONS",
          "NODE_PATH",
          "OPENSSL_CONF",
          "OPENSSL_ENGINES",
          "OPENSSL_MODULES",
          "PAGER",
          "PATH",
          "PATHEXT",
          "PERL5DB",
          "PERL5LIB",
          "PERL5OPT",
          "PERLLIB",
          "PHPRC",
          "PHP_INI_SCAN_DIR",
          "PROMPT_COMMAND",
          "PS4",
          "PYTHONBREAKPOINT",
          "PYTHONEXECUTABLE",
          "PYTHONHOME",
          "PYTHONPATH",
          "PYTHONSTARTUP",
          "PYTHONUSERBASE",
          "PYTHONWARNINGS",
          "RUBYLIB",
          "RUBYOPT",
          "RUSTC",
          "RUSTC_WRAPPER",
          "RUSTFLAGS",
          "R_ENVIRON",
          "R_ENVIRON_USER",
          "R_PROFILE",
          "R_PROFILE_USER",
          "SBT_OPTS",
          "SHELL",
          "SHELLOPTS",
          "SSH_ASKPASS",
          "VISUAL",
          "XDG_CONFIG_HOME",
          "ZDOTDIR",
          "_JAVA_OPTIONS");

  private ParameterRules() {}

  /**
   * Throws INVALID, naming the field, unless all may be set.
   *
   * @param named the scenario's own parameters, which may have any name
   */
  static void check(Map<String, String> given, Set<String> named) {
    for (Map.Entry<String, String> one : new TreeMap<>(given).entrySet()) {
      String name = one.getKey();
      String field = "parameters." + name;
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw ServiceFailure.invalid(field, "must be named like an environment variable");
      }
      if (one.getValue().indexOf('\0') >= 0) {
        throw ServiceFailure.invalid(field, "must not have a NUL character");
      }
      if (loadsCode(name) && !named.contains(name)) {
        throw ServiceFailure.invalid(
            field, "can make tests load other code, so the scenario itself must name it");
      }
    }
  }

  /** Ignores case, as variables do on some systems. */
  static boolean loadsCode(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return NAMES.contains(upper) || PREFIXES.stream().anyMatch(upper::startsWith);
  }
}
