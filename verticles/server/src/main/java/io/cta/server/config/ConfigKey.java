package io.cta.server.config;

import java.util.Locale;

/**
 * A key of the configuration.
 *
 * @param path as in the file, {@code http.port}
 * @param standard its default, as text; empty for none
 */
record ConfigKey<T>(String path, ValueParser<T> kind, String standard) {
  /** Its environment variable, {@code CTA_HTTP_PORT}. */
  String variable() {
    return "CTA_"
        + path.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
