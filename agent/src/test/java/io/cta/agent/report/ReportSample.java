package io.cta.agent.report;

import io.cta.agent.report.file.ReportFile;
import io.cta.agent.report.file.ReportFileReader;
import io.cta.domain.Result;
import io.cta.masking.SecretMasker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The cases and the trouble read from a report that a test wrote. */
public record ReportSample(List<TestCase> cases, ReportTrouble trouble) {
  private static final Path FILE = file();

  /** Reads a report that is declared under a key. One test at a time. */
  public static ReportSample of(String key, byte[] bytes) {
    try {
      return of(key, Files.write(FILE, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ReportSample of(String key, String text) {
    return of(key, text.getBytes(StandardCharsets.UTF_8));
  }

  public static ReportSample junit(String text) {
    return of("junit", text);
  }

  public static ReportSample of(String key, Path file) {
    List<TestCase> cases = new ArrayList<>();
    ReportTrouble trouble =
        new ReportFileReader(() -> false, SecretMasker.NONE)
            .read(new ReportFile(key, "r.txt", file), cases::add);
    return new ReportSample(cases, trouble);
  }

  public TestCase only() {
    if (cases.size() != 1) {
      throw new AssertionError(cases.size() + " cases: " + cases);
    }
    return cases.get(0);
  }

  /** Name and result of each case, {@code suite|class#name=result}; skipped ones say so. */
  public List<String> told() {
    return cases.stream().map(ReportSample::told).toList();
  }

  /** {@code ok/failed/skipped/inconclusive}, and the reason of a trouble. */
  public String sums() {
    long skipped = cases.stream().filter(TestCase::skipped).count();
    long doubtful = count(Result.INCONCLUSIVE) - skipped;
    String sums = count(Result.OK) + "/" + count(Result.FAILED) + "/" + skipped + "/" + doubtful;
    return trouble == null ? sums : sums + " " + trouble.reason();
  }

  /** Whether the report could not be taken for that of a good run. */
  public boolean warns() {
    return trouble != null || cases.isEmpty() || count(Result.FAILED) > 0;
  }

  private long count(Result result) {
    return cases.stream().filter(c -> c.result() == result).count();
  }

  private static String told(TestCase one) {
    String result =
        one.skipped() ? "skipped" : one.result().name().toLowerCase(java.util.Locale.ROOT);
    String name = one.suite() == null ? one.fullName() : one.suite() + "|" + one.fullName();
    return name + "=" + result + (one.flaky() ? " flaky" : "");
  }

  private static Path file() {
    try {
      Path file = Files.createTempFile("report", ".txt");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
