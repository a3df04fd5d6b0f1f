package io.cta.server.config;

import java.util.List;

/** The result of loading: a configuration, or all of its faults. */
public sealed interface ConfigResult {
  record Loaded(ServerConfig config) implements ConfigResult {}

  /** One text per fault, for the operator; never empty. */
  record Faulty(List<String> errors) implements ConfigResult {}
}
