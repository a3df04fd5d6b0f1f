package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An input never writes through a link that an input before it has laid down. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EarlierInputsTest {
  @TempDir Path dir;
  private ArchiveFixture fixture;
  private Path outside;

  @BeforeEach
  void start() throws Exception {
    fixture = new ArchiveFixture(dir, ArchiveLimits.DEFAULT);
    outside = Files.createDirectories(dir.resolve("outside"));
    GitRepository repository = GitRepository.at(dir.resolve("repository"));
    Files.createSymbolicLink(repository.dir().resolve("l"), outside);
    Files.createSymbolicLink(repository.dir().resolve("f"), outside.resolve("f"));
    repository.commit("own", "own");
    fixture.fetch(
        new Repository(null, "git", null, repository.dir().toString(), null, null, null, "in"));
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
    try (var left = Files.list(outside)) {
      assertEquals(0, left.count(), "nothing was written outside");
    }
  }

  @Test
  void anArchiveIntoALinkIsRefusedAndNothingOfItIsLeft() throws Exception {
    byte[] tar = new TarBuilder().file("a", "a").file("l/x", "x").tarGz();
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fixture.unpack("a.tgz", tar, "in"));
    assertTrue(failed.getMessage().contains("l is a link"), failed.getMessage());
    assertFalse(Files.exists(fixture.workspace.resolve("in/a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"in/l", "in/l/deeper"})
  void aPlaceThatIsALinkIsRefused(String to) {
    FetchFailed failed =
        assertThrows(
            FetchFailed.class,
            () -> fixture.unpack("a.zip", new ZipBuilder().file("x", "x").build(), to));
    assertTrue(failed.getMessage().contains("leads through a link"), failed.getMessage());
    assertThrows(FetchFailed.class, () -> fixture.unpack("plain", new byte[] {1}, to));
  }

  @Test
  void aFileOfTheSameNameReplacesTheLink() throws Exception {
    fixture.unpack("f", new byte[] {'x'}, "in");
    assertEquals("x", Files.readString(fixture.workspace.resolve("in/f")));
    assertFalse(Files.isSymbolicLink(fixture.workspace.resolve("in/f")));
  }

  @Test
  void aCheckoutAndACopyIntoALinkAreRefused() throws Exception {
    GitRepository other = GitRepository.at(dir.resolve("other"));
    other.commit("l/x", "x");
    Repository git =
        new Repository(null, "git", null, other.dir().toString(), null, null, null, "in");
    assertThrows(FetchFailed.class, () -> fixture.fetch(git));
    Repository local =
        new Repository(null, "local", null, null, other.dir().toString(), null, null, "in");
    assertThrows(FetchFailed.class, () -> fixture.fetch(local));
  }

  @Test
  void whatFitsTogetherIsMerged() throws Exception {
    GitRepository other = GitRepository.at(dir.resolve("other"));
    other.commit("d/x", "x");
    fixture.unpack("a.zip", new ZipBuilder().file("d/y", "y").build(), "in");
    fixture.fetch(
        new Repository(null, "git", null, other.dir().toString(), null, null, null, "in"));
    Path in = fixture.workspace.resolve("in");
    assertEquals("xy", Files.readString(in.resolve("d/x")) + Files.readString(in.resolve("d/y")));
    assertEquals("own", Files.readString(in.resolve("own")));
  }
}
