package io.cta.agent.process;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Map;

/** Refuses environment variables that cannot be passed to a process unchanged. */
final class EnvironmentCheck {
  private EnvironmentCheck() {}

  /**
   * Throws an exception that names the variable and what is wrong with it; changes nothing
   * silently.
   */
  static void check(Map<String, String> env) throws IOException {
    Charset platform = Charset.defaultCharset();
    for (Map.Entry<String, String> variable : env.entrySet()) {
      String name = variable.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw new IOException("a variable cannot be called \"" + name.replace('\0', '?') + "\"");
      }
      if (variable.getValue().indexOf('\0') >= 0) {
        throw new IOException("the variable " + name + " has a NUL character in its value");
      }
      if (!platform.newEncoder().canEncode(name + variable.getValue())) {
        throw new IOException(
            "the agent's locale ("
                + platform
                + ") cannot write the variable "
                + name
                + "; start the agent with LC_ALL=C.UTF-8");
      }
    }
  }
}
