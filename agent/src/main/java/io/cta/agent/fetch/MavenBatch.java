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

  /** A project that only copies artifacts; coordinates have no characters to escape. */
  private static String project(List<MavenCoordinates> artifacts, Path copies) {
    String items = artifacts.stream().map(MavenBatch::item).collect(Collectors.joining());
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>io.cta.inputs</groupId>
          <artifactId>inputs</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <build><plugins><plugin>
            <groupId>org.apache.maven.plugins</groupId>
            <artifactId>maven-dependency-plugin</artifactId>
            <configuration>
              <outputDirectory>%s</outputDirectory>
              <artifactItems>%s</artifactItems>
            </configuration>
          </plugin></plugins></build>
        </project>
        """
        .formatted(escaped(copies.toString()), items);
  }

  private static String item(MavenCoordinates c) {
    String classifier =
        c.classifier().isEmpty() ? "" : "<classifier>" + c.classifier() + "</classifier>";
    return "<artifactItem><groupId>"
        + c.group()
        + "</groupId><artifactId>"
        + c.artifact()
        + "</artifactId><version>"
        + c.version()
        + "</version><type>"
        + c.packaging()
        + "</type>"
        + classifier
        + "</artifactItem>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
