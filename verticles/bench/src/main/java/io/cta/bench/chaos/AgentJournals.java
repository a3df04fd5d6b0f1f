package io.cta.bench.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the journals of agents from outside: a journal has a directory for each attempt until the
 * server has confirmed everything about it.
 *
 * @param dirs journal directories by the name of the agent
 */
record AgentJournals(Map<String, Path> dirs) {
  /** Lists the attempts that are still in a journal, each with the name of the agent. */
  List<String> untold() {
    List<String> untold = new ArrayList<>();
    dirs.forEach(
        (agent, dir) -> {
          try (DirectoryStream<Path> attempts = Files.newDirectoryStream(dir, Files::isDirectory)) {
            attempts.forEach(attempt -> untold.add(attempt.getFileName() + " of " + agent));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return untold;
  }
}
