package io.cta.agent.process;

import io.cta.domain.ShellKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A script in a file, its lines ended as its shell wants them, whatever editor wrote it. */
final class ScriptFile {
  /** Else PowerShell goes on after an error of its own, and ends with 0 or 1 whatever came out. */
  private static final String PWSH =
      """
      $ErrorActionPreference = 'Stop'
      %s
      if (Test-Path -LiteralPath variable:LASTEXITCODE) { exit $LASTEXITCODE }
      """;

  private ScriptFile() {}

  /**
   * @param path without the ending, which PowerShell and cmd insist on
   */
  static Path write(Path path, ShellKind shell, String text) throws IOException {
    String lines = text.replace("\r\n", "\n");
    String ended = lines.endsWith("\n") ? lines : lines + "\n";
    return switch (shell) {
      case CMD -> file(path, ".cmd", "@echo off\r\n" + ended.replace("\n", "\r\n"));
      case PWSH -> file(path, ".ps1", String.format(PWSH, ended));
      case PYTHON -> file(path, ".py", ended);
      default -> file(path, ".sh", ended);
    };
  }

  private static Path file(Path path, String ending, String text) throws IOException {
    return Files.writeString(path.resolveSibling(path.getFileName() + ending), text);
  }
}
