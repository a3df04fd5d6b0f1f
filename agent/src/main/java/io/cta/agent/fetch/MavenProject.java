package io.cta.agent.fetch;

/** Writes the projects for which Maven fetches artifacts. Pure. */
final class MavenProject {
  private MavenProject() {}

  /**
   * @param parts elements of the project
   */
  static String of(String parts) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>io.cta.inputs</groupId>
          <artifactId>inputs</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          %s
        </project>
        """
        .formatted(parts);
  }

  /** The elements that say which artifact; coordinates have no characters to escape. */
  static String artifact(MavenCoordinates c) {
    return "<groupId>"
        + c.group()
        + "</groupId><artifactId>"
        + c.artifact()
        + "</artifactId><version>"
        + c.version()
        + "</version><type>"
        + c.packaging()
        + "</type>"
        + (c.classifier().isEmpty() ? "" : "<classifier>" + c.classifier() + "</classifier>");
  }
}
