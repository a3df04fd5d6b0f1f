package io.cta.agent.fetch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches many Maven artifacts by one run of the machine's Maven, which leaves them in its local
 * repository. Failures are only logged; they are reported when the artifact itself is fetched.
 */
final class MavenBatch {
  private static final Logger log = LoggerFactory.getLogger(MavenBatch.class);

  private final InputCache cache;
  private final MavenHome home;

  MavenBatch(InputCache cache, MavenHome home) {
    this.cache = cache;
    this.home = home;
  }

  void run(List<MavenCoordinates> artifacts, CommandRunner commands) throws InterruptedException {
    try {
      cache.use(
          "maven batch",
          dir -> {
            Path project = dir.resolve("pom.xml");
            Files.writeString(project, project(artifacts, dir.resolve("copies")));
            CommandRunner.CommandOutcome commandOutcome =
                commands.run(
                    home.command("mvn", List.of("-f", project.toString(), "dependency:copy")),
                    dir,
                    Map.of());
            if (commandOutcome.exit() != 0) {
              String reason = MavenError.of(commandOutcome.output()).text();
              log.info("not all artifacts in one go [reason: {}]", reason);
            }
            return null;
          });
    } catch (FetchFailed e) {
      log.info("not all artifacts in one go [reason: {}]", e.getMessage());
    }
  }

  /** A project that only copies artifacts. */
  private static String project(List<MavenCoordinates> artifacts, Path copies) {
    String items =
        artifacts.stream()
            .map(c -> "<artifactItem>" + MavenProject.artifact(c) + "</artifactItem>")
            .collect(Collectors.joining());
    return MavenProject.of(
        """
        <build><plugins><plugin>
          <groupId>org.apache.maven.plugins</groupId>
          <artifactId>maven-dependency-plugin</artifactId>
          <configuration>
            <outputDirectory>%s</outputDirectory>
            <artifactItems>%s</artifactItems>
          </configuration>
        </plugin></plugins></build>
        """
            .formatted(escaped(copies.toString()), items));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
