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
 * The journals of agents, from outside: a directory for each attempt, until all of it is told.
 *
 * @param dirs by the agent's name
 */
record AgentJournals(Map<String, Path> dirs) {
  /** The attempts that are there, with who has them. */
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
