package io.cta.cli;

import io.cta.cli.client.ApiClient;
import picocli.CommandLine.Option;

/** The options that name the server and the API token. */
final class ServerOptions {
  private static final String LOCAL = "http://127.0.0.1:8080";

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:CTA_SERVER}",
      description = "the server (CTA_SERVER, or that of login; default http://127.0.0.1:8080)")
  private String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:CTA_TOKEN}",
      description = "API token (CTA_TOKEN, or that of login in ~/.config/cta/token)")
  private String token;

  ApiClient api() {
    return apiWith(givenToken() == null ? UserConfig.read(UserConfig.TOKEN) : givenToken());
  }

  ApiClient apiWithoutToken() {
    return apiWith(null);
  }

  ApiClient apiWith(String other) {
    return new ApiClient(address(), other);
  }

  String address() {
    if (server != null && !server.isBlank()) {
      return server;
    }
    String known = UserConfig.read(UserConfig.SERVER);
    return known == null || known.isBlank() ? LOCAL : known;
  }

  /** The token that was given to this command, or null. */
  String givenToken() {
    return token == null || token.isBlank() ? null : token.strip();
  }
}
