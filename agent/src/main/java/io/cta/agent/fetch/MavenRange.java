package io.cta.agent.fetch;

import io.cta.agent.workspace.DirectoryRemover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Has the machine's Maven choose the version of an artifact: only the dependency of a project may
 * have a range.
 */
final class MavenRange {
  private final MavenHome home;

  MavenRange(MavenHome home) {
    this.home = home;
  }

  /**
   * The file of the version that Maven has chosen, under its own name.
   *
   * @param dir to work in
   */
  Path fetch(MavenCoordinates artifact, Path dir, CommandRunner commands)
      throws IOException, FetchFailed, InterruptedException {
    Path copies = dir.resolve("copies");
    DirectoryRemover.delete(copies);
    Path project = dir.resolve("pom.xml");
    Files.writeString(project, project(artifact));
    CommandRunner.CommandOutcome outcome =
        commands.run(
            home.command(
                MavenSource.program(artifact).toString(),
                List.of(
                    "-U",
                    "-f",
                    project.toString(),
                    "dependency:copy-dependencies",
                    "-DexcludeTransitive=true",
                    "-Dmdep.useBaseVersion=true",
                    "-DoutputDirectory=" + copies)),
            dir,
            Map.of());
    List<Path> files = outcome.exit() == 0 && Files.isDirectory(copies) ? list(copies) : List.of();
    if (files.size() != 1) {
      throw MavenSource.failure(artifact, outcome);
    }
    return files.get(0);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static String project(MavenCoordinates c) {
    return MavenProject.of(
        "<dependencies><dependency>" + MavenProject.artifact(c) + "</dependency></dependencies>");
  }
}
