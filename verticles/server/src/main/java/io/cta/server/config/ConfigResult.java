package io.cta.server.config;

import java.util.List;

/** What loading gives: a configuration, or every fault of it. */
public sealed interface ConfigResult {
  record Loaded(ServerConfig config) implements ConfigResult {}

  /** One sentence each, for the operator; never empty. */
  record Faulty(List<String> errors) implements ConfigResult {}
}
