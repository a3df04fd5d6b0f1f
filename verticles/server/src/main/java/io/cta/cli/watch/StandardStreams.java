package io.cta.cli.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether a standard stream is a terminal. */
public final class StandardStreams {
  private StandardStreams() {}

  /**
   * Java itself only knows whether there is a console, which from version 22 on there always is. So
   * Linux is asked what the stream is; on other systems there must be a console.
   *
   * @param descriptor 0 for input, 1 for output, 2 for errors
   */
  public static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (!Files.isSymbolicLink(link)) {
      return System.console() != null;
    }
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }
}
