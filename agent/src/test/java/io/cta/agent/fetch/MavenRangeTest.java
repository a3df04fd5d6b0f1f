package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.agent.process.ProgramFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions that Maven is to find out. What it would do is done by the test. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class MavenRangeTest {
  @TempDir Path dir;

  /** Does what Maven would, and is shown the project. */
  private record FakeMaven(Path copies, List<String> brings, int exit) implements CommandRunner {
    @Override
    public CommandOutcome run(List<String> command, Path cwd, Map<String, String> env, Path input)
        throws IOException {
      assertTrue(command.contains("-DoutputDirectory=" + copies), command::toString);
      for (String file : brings) {
        Files.createDirectories(copies);
        Files.writeString(copies.resolve(file), "jar");
      }
      return new CommandOutcome(exit, exit == 0 ? "" : "[ERROR] No versions available for g:a");
    }

    @Override
    public void check() {}

    @Override
    public void pause(Duration length) {}

    @Override
    public void say(String line) {}
  }

  @BeforeEach
  void maven() {
    assumeTrue(ProgramFinder.find("mvn").isPresent(), "skipped: no mvn on the PATH");
  }

  @Test
  void theFileOfTheChosenVersionIsTaken() throws Exception {
    Path file = fetch("g:a:[1,2):tests", List.of("a-1.5-tests.jar"), 0);
    assertEquals("a-1.5-tests.jar", file.getFileName().toString());
    assertTrue(Files.readString(dir.resolve("pom.xml")).contains("<version>[1,2)</version>"));
  }

  @Test
  void whatWasThereBeforeIsNotTakenForTheAnswer() throws Exception {
    fetch("g:a:LATEST", List.of("a-1.5.jar"), 0);
    assertEquals(
        "a-1.6.jar", fetch("g:a:LATEST", List.of("a-1.6.jar"), 0).getFileName().toString());
    assertThrows(FetchFailed.class, () -> fetch("g:a:LATEST", List.of(), 0));
  }

  @Test
  void whyThereIsNoneIsSaid() {
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch("g:a:[9,)", List.of(), 1));
    assertTrue(failed.getMessage().contains("No versions available"), failed.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1,2)", "(,1.0]", "[1.5]", "LATEST", "RELEASE"})
  void aVersionThatMavenChoosesChanges(String version) throws FetchFailed {
    assertTrue(MavenCoordinates.parse("g:a:" + version).open());
    assertTrue(MavenCoordinates.parse("g:a:" + version).changing());
  }

  @Test
  void aSnapshotChangesButIsNotChosen() throws FetchFailed {
    assertFalse(MavenCoordinates.parse("g:a:1-SNAPSHOT").open());
    assertFalse(MavenCoordinates.parse("g:a:1").changing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"g:[1,2):1", "g:a:[1</version>,2)", "g:a:[1", "g:a:1:[1,2)"})
  void aRangeStandsForTheVersionAloneAndHasNoMarkup(String text) {
    assertThrows(FetchFailed.class, () -> MavenCoordinates.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"b-1.5.jar", "a-1.5.zip", "a-.jar", "a-1.5-tests.jar.md5"})
  void anotherFileIsRefused(String name) throws FetchFailed {
    MavenCoordinates wanted = MavenCoordinates.parse("g:a:LATEST");
    assertThrows(FetchFailed.class, () -> wanted.ofFile(name));
  }

  private Path fetch(String artifact, List<String> brings, int exit) throws Exception {
    FakeMaven maven = new FakeMaven(dir.resolve("copies"), brings, exit);
    return new MavenRange(new MavenHome(dir.resolve("m2"), List.of()))
        .fetch(MavenCoordinates.parse(artifact), dir, maven);
  }
}
