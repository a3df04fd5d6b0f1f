package io.cta.agent.process;

import io.cta.domain.ShellKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a script to a file, with the line ends that its shell needs, whatever editor wrote it. */
final class ScriptFile {
  /**
   * Without this PowerShell goes on after its own errors, and exits with 0 or 1 whatever the last
   * exit code was.
   */
  private static final String PWSH =
      """
      $ErrorActionPreference = 'Stop'
      %s
      if (Test-Path -LiteralPath variable:LASTEXITCODE) { exit $LASTEXITCODE }
      """;

  private ScriptFile() {}

  /**
   * @param path without the file name extension, which PowerShell and cmd require
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
