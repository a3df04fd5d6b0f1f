package io.cta.agent.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.journal.AgentJournal;
import io.cta.agent.journal.StagedArtifact;
import io.cta.agent.journal.TaskJournal;
import io.cta.domain.RunMode;
import io.cta.masking.SecretMasker;
import io.cta.message.TaskRunBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files are copied within limits and without secrets, and the journal knows of them. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ArtifactStagingTest {
  private static final ArtifactLimits LIMITS =
      new ArtifactLimits(1000, 1500, 2500, 3, 1, Duration.ofMinutes(1));

  @TempDir Path dir;
  private AgentJournal all;
  private TaskJournal journal;

  @BeforeEach
  void open() throws IOException {
    all = new AgentJournal(dir.resolve("tasks"));
    journal =
        all.accept(
            TaskRunBuilder.builder()
                .executionId("e")
                .taskId("t")
                .attempt(1)
                .token("k")
                .mode(RunMode.MONO)
                .build());
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
    all.close();
  }

  @Test
  void aSecretInContentOrNameIsReplaced() throws Exception {
    SecretMasker masker = SecretMasker.of(List.of("hunter2-hunter2"));
    ArtifactStaging staging = new ArtifactStaging(journal, LIMITS, masker);
    StagedArtifact staged =
        staging.take("a", "x-hunter2-hunter2.log", file("login hunter2-hunter2 ok"));
    assertEquals("x-***.log", staged.path());
    assertEquals("login *** ok", Files.readString(ArtifactStaging.content(journal, staged)));
    assertEquals(12, staged.size());
  }

  @Test
  void limitsOfFileTestTaskAndNumberHold() throws Exception {
    ArtifactStaging staging = new ArtifactStaging(journal, LIMITS, SecretMasker.of(List.of()));
    refused("more than 1000 bytes", () -> staging.take("a", "f", file("x".repeat(1001))));
    staging.take("a", "f1", file("x".repeat(1000)));
    refused("files of the test", () -> staging.take("a", "f2", file("x".repeat(600))));
    staging.take("b", "f3", file("x".repeat(1000)));
    refused("files of the attempt", () -> staging.take("c", "f4", file("x".repeat(600))));
    staging.take("c", "f5", file("x"));
    refused("more than 3 files", () -> staging.take("c", "f6", file("x")));
    assertEquals(3, journal.staged().size());
  }

  @Test
  void aLinkThatTookThePlaceOfAFileIsNotFollowed() throws IOException {
    Path link = Files.createSymbolicLink(dir.resolve("link"), file("secret"));
    ArtifactStaging staging = new ArtifactStaging(journal, LIMITS, SecretMasker.of(List.of()));
    assertThrows(IOException.class, () -> staging.take("a", "f", link));
    assertTrue(journal.staged().isEmpty());
  }

  @Test
  void theJournalKnowsAfterARestartWhatIsStillToBeSentAndWhatWasWarnedOf() throws Exception {
    ArtifactStaging staging = new ArtifactStaging(journal, LIMITS, SecretMasker.of(List.of()));
    StagedArtifact first = staging.take("a", "f1", file("1"));
    StagedArtifact second = staging.take("a", "f2", file("2"));
    journal.settled(first);
    journal.warning("a word");
    journal.close();
    all.close();
    all = new AgentJournal(dir.resolve("tasks"));
    journal = all.recover().get(0);
    assertEquals(List.of(second), journal.staged());
    assertEquals(List.of("a word"), journal.warnings());
    assertEquals(2, journal.artifacts());
    assertFalse(Files.notExists(ArtifactStaging.content(journal, second)));
  }

  private interface Taking {
    void run() throws Exception;
  }

  private static void refused(String text, Taking taking) {
    String message = assertThrows(ArtifactRefused.class, taking::run).getMessage();
    assertTrue(message.contains(text), message);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(dir, "f", ""), content);
  }
}
