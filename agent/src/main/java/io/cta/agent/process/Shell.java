package io.cta.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The platform's shell, for scripts. */
public final class Shell {
  private Shell() {}

  /**
   * Writes a script to a file and says how to run it: {@code /bin/sh -e}, or cmd on Windows. Lines
   * end as the platform's shell wants them, whatever editor wrote the script.
   */
  public static List<String> script(Path dir, String name, String text) throws IOException {
    if (Os.CURRENT == Os.WINDOWS) {
      Path file = dir.resolve(name + ".cmd");
      Files.writeString(file, "@echo off\r\n" + text.replaceAll("\r?\n", "\r\n") + "\r\n");
      return List.of("cmd.exe", "/d", "/c", file.toString());
    }
    Path file = dir.resolve(name + ".sh");
    String lines = text.replace("\r\n", "\n");
    Files.writeString(file, lines.endsWith("\n") ? lines : lines + "\n");
    return List.of("/bin/sh", "-e", file.toString());
  }
}
