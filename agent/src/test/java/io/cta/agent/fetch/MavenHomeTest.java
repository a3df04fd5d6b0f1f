package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.disk.HomeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MavenHomeTest {
  @TempDir Path dir;
  private final String known = System.getProperty("user.home");

  @AfterEach
  void restore() {
    System.setProperty("user.home", known);
  }

  @Test
  void aHomeThatTheSystemKnowsNeedsNoOption() {
    System.setProperty("user.home", dir.toString());
    MavenHome maven = MavenHome.of(HomeDirectory.of(Map.of("HOME", "/x")), dir.resolve("data"));
    assertEquals(new MavenHome(dir.resolve(".m2/repository"), List.of()), maven);
  }

  @Test
  void mavenIsToldOfAHomeThatOnlyTheVariableKnows() throws IOException {
    System.setProperty("user.home", "?");
    Path settings = Files.createDirectories(dir.resolve(".m2")).resolve("settings.xml");
    Files.writeString(settings, "<settings/>");
    MavenHome maven =
        MavenHome.of(HomeDirectory.of(Map.of("HOME", dir.toString())), dir.resolve("data"));
    String repository = "-Dmaven.repo.local=" + dir.resolve(".m2/repository");
    assertEquals(
        List.of("mvn", "-q", "-B", repository, "-s", settings.toString(), "validate"),
        maven.command("mvn", List.of("validate")));
  }

  @Test
  void withoutAnyHomeArtifactsAreAmongTheAgentsData() {
    System.setProperty("user.home", "?");
    MavenHome maven = MavenHome.of(HomeDirectory.of(Map.of()), dir.resolve("data"));
    assertEquals(dir.resolve("data"), maven.repository());
    assertEquals(List.of("-Dmaven.repo.local=" + dir.resolve("data")), maven.options());
  }
}
