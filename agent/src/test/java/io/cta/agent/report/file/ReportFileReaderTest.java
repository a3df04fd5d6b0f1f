package io.cta.agent.report.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.report.ReportTrouble;
import io.cta.agent.report.TestCase;
import io.cta.masking.SecretMasker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits within which a file is read, and whose failure is whose. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReportFileReaderTest {
  private static final String ONE = "<testsuite><testcase name='a'/></testsuite>";

  @TempDir Path dir;
  private final List<TestCase> cases = new ArrayList<>();

  @Test
  void aFileBeyondTheLimitIsReadUpToIt() throws IOException {
    String filler = " ".repeat(200_000);
    ReportTrouble trouble =
        read(() -> false, 250_000, "<s><testcase name='a'/>" + filler + "<x/>" + filler + "</s>");
    assertEquals(ReportTrouble.TOO_LARGE, trouble.reason());
    assertEquals(1, cases.size());
    assertEquals(null, read(() -> false, 1_000, ONE));
  }

  @Test
  void aStopEndsReading() throws IOException {
    ReportTrouble trouble = read(() -> true, 1_000, ONE);
    assertEquals("r/a.xml: reading was stopped", trouble.message());
    assertEquals(List.of(), cases);
  }

  @Test
  void aFileThatCannotBeOpenedIsATrouble() {
    ReportTrouble trouble =
        new ReportFileReader(() -> false, SecretMasker.NONE)
            .read(new ReportFile("junit", "r/a.xml", dir.resolve("none")), cases::add);
    assertEquals(
        new ReportTrouble(ReportTrouble.UNREADABLE, "r/a.xml: it cannot be opened"), trouble);
  }

  @Test
  void whatTheSinkThrowsIsNoTroubleOfTheFile() throws IOException {
    ReportFile file = file(ONE);
    UncheckedIOException full = new UncheckedIOException(new IOException("disk full"));
    UncheckedIOException thrown =
        assertThrows(
            UncheckedIOException.class,
            () ->
                new ReportFileReader(() -> false, SecretMasker.NONE)
                    .read(
                        file,
                        one -> {
                          throw full;
                        }));
    assertSame(full, thrown);
  }

  @Test
  void memoryThatIsNotThereIsATroubleOfTheFile() throws IOException {
    ReportTrouble trouble =
        new ReportFileReader(() -> false, SecretMasker.NONE)
            .read(
                file(ONE),
                one -> {
                  throw new OutOfMemoryError("no more");
                });
    assertEquals(ReportTrouble.UNREADABLE, trouble.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"a\":",
        "{\"results\":{\"tests\":[",
        "{\"Action\":\"pass\",\"Package\":[",
        "[{\"elements\":["
      })
  void deepJsonIsATrouble(String begin) throws IOException {
    ReportTrouble trouble = read(() -> false, 1 << 24, begin + "[".repeat(200_000));
    assertTrue(trouble != null);
    assertEquals(List.of(), cases);
  }

  @Test
  void longTextsInJsonAreCut() throws IOException {
    String much = "y".repeat(3_000_000);
    String test = "{\"name\":\"n\",\"status\":\"failed\",\"message\":\"" + much + "\"}";
    assertEquals(null, read(() -> false, 1 << 24, "{\"results\":{\"tests\":[" + test + "]}}"));
    assertTrue(cases.get(0).message().length() <= 4_001);
  }

  private ReportTrouble read(BooleanSupplier stop, long limit, String text) throws IOException {
    return new ReportFileReader(stop, SecretMasker.NONE, limit).read(file(text), cases::add);
  }

  private ReportFile file(String text) throws IOException {
    return new ReportFile("files", "r/a.xml", Files.writeString(dir.resolve("a.xml"), text));
  }
}
