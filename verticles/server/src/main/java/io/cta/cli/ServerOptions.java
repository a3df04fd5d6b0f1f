package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.disk.HomeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that name the server and the API token. */
final class ServerOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:CTA_SERVER:-http://127.0.0.1:8080}",
      description = "the server (CTA_SERVER; default http://127.0.0.1:8080)")
  private String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:CTA_TOKEN}",
      description = "API token (CTA_TOKEN, or the file ~/.config/cta/token)")
  private String token;

  ApiClient api() {
    return new ApiClient(server, token == null || token.isBlank() ? storedToken() : token.strip());
  }

  private static String storedToken() {
    Path file = HomeDirectory.of(System.getenv()).existing(".config/cta/token").orElse(null);
    if (file == null) {
      return null;
    }
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new CliFailure(ExitCode.USAGE, "cannot read " + file + ": " + e);
    }
  }
}
