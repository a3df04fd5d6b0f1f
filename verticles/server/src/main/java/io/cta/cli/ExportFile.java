package io.cta.cli;

import io.cta.cli.client.ApiAnswer;
import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.ServerRetryPolicy;
import io.cta.cli.client.ServerUnreachable;
import io.cta.cli.client.WaitClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes an execution, as the server exports it, to a file, which appears only when it is whole.
 */
final class ExportFile {
  private final ApiClient api;
  private final String execution;
  private final String format;

  ExportFile(ApiClient api, String execution, String format) {
    this.api = api;
    this.execution = execution;
    this.format = format;
  }

  byte[] bytes() {
    return answer().body();
  }

  /** Asks again while the server does not answer, as a wait does. */
  void writeWithRetries(Path file, WaitClock clock) {
    ServerRetryPolicy retryPolicy = new ServerRetryPolicy(clock, ServerRetryPolicy.SILENT);
    while (true) {
      try {
        write(file);
        return;
      } catch (ServerUnreachable missed) {
        clock.restOrEnd(retryPolicy.unanswered(missed));
      }
    }
  }

  void write(Path file) {
    byte[] bytes = bytes();
    try {
      Path target = file.toAbsolutePath();
      Files.createDirectories(target.getParent());
      Path beside = Files.createTempFile(target.getParent(), ".cta-", ".part");
      try {
        Files.write(beside, bytes);
        Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new CliFailure(ExitCode.NOT_WRITTEN, "cannot write " + file + ": " + e.getMessage());
    }
  }

  private ApiAnswer answer() {
    return api.bytes(
        "/api/v1/executions/" + ApiClient.encode(execution) + "/export?format=" + format);
  }
}
