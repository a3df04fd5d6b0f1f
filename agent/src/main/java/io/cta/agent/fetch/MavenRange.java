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

  /** A project with one dependency; coordinates have no characters to escape. */
  private static String project(MavenCoordinates c) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>io.cta.inputs</groupId>
          <artifactId>inputs</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <dependencies><dependency>
            <groupId>%s</groupId>
            <artifactId>%s</artifactId>
            <version>%s</version>
            <type>%s</type>
            %s
          </dependency></dependencies>
        </project>
        """
        .formatted(
            c.group(),
            c.artifact(),
            c.version(),
            c.packaging(),
            c.classifier().isEmpty() ? "" : "<classifier>" + c.classifier() + "</classifier>");
  }
}
