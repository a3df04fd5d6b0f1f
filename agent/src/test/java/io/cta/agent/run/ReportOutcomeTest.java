package io.cta.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.journal.AgentJournal;
import io.cta.agent.journal.AttemptEvent;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.report.ReportTrouble;
import io.cta.domain.ReportSpec;
import io.cta.domain.RunMode;
import io.cta.domain.StatusSource;
import io.cta.domain.Test;
import io.cta.domain.TestBuilder;
import io.cta.masking.SecretMasker;
import io.cta.message.StatusReport;
import io.cta.message.TaskRun;
import io.cta.message.TaskRunBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a test's report files, and what is kept of it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReportOutcomeTest {
  @TempDir Path dir;
  private Path workspace;
  private AgentJournal journals;
  private TaskJournal journal;
  private final StopRequest stopRequest = new StopRequest();
  private ReportImporter reportImporter;

  @BeforeEach
  void open() throws IOException {
    workspace = Files.createDirectory(dir.resolve("work"));
    TaskRun run =
        TaskRunBuilder.builder()
            .executionId("e")
            .taskId("t")
            .attempt(1)
            .token("token")
            .mode(RunMode.MONO)
            .suite("s")
            .inputs(List.of())
            .outputs(List.of())
            .tests(List.of())
            .parameters(Map.of())
            .running(Duration.ofMinutes(1))
            .build();
    journals = new AgentJournal(dir.resolve("journal"));
    journal = journals.accept(run);
    reportImporter =
        new ReportImporter(
            new AttemptContext(run, journal, null, stopRequest),
            workspace,
            new StatusWriter(journal, SecretMasker.NONE),
            SecretMasker.NONE);
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
    journals.close();
  }

  @org.junit.jupiter.api.Test
  void withoutADeclarationNothingIsRead() throws IOException {
    write("a.xml", "<testsuite><testcase name='n'/></testsuite>");
    assertEquals(ReportOutcome.NONE, read(null));
    ReportSpec empty = ReportSpec.ofJunit();
    assertEquals(ReportOutcome.NONE, read(empty));
  }

  @org.junit.jupiter.api.Test
  void casesAreStoredWithAllThatIsKnownOfThem() throws IOException {
    write(
        "a.xml",
        "<testsuite name='s'><testcase classname='c' name='n' time='0,5' file='f'>"
            + "<flakyFailure message='once'/></testcase></testsuite>");
    assertEquals(new ReportOutcome(true, 1, 1, 1, 0, List.of()), read(ReportSpec.ofJunit("*.xml")));
    StatusReport status = statuses().get(0);
    assertEquals("c#n", status.name());
    assertEquals("s", status.suite());
    assertEquals(500, status.durationMs());
    assertTrue(status.flaky());
    assertEquals("f", status.details().file());
    assertEquals(List.of("once"), status.details().reruns());
    assertEquals(StatusSource.REPORT, status.source());
  }

  @org.junit.jupiter.api.Test
  void aCaseThatWasRunAgainIsCountedOnce() throws IOException {
    String failed = "<testcase classname='p' name='TestA'><failure message='x'/></testcase>";
    write(
        "a.xml",
        "<testsuite name='p'>" + failed + "<testcase classname='p' name='TestA'/></testsuite>");
    assertEquals(new ReportOutcome(true, 1, 1, 1, 0, List.of()), read(ReportSpec.ofJunit("*.xml")));
    assertEquals(List.of("p#TestA", "p#TestA"), names());
    assertTrue(statuses().get(1).flaky());
  }

  @org.junit.jupiter.api.Test
  void ofTwoFilesWithOneCaseBothCount() throws IOException {
    write("1.xml", "<testsuite name='p'><testcase name='TestA'><failure/></testcase></testsuite>");
    write("2.xml", "<testsuite name='p'><testcase name='TestA'/></testsuite>");
    assertEquals(new ReportOutcome(true, 2, 2, 2, 1, List.of()), read(ReportSpec.ofJunit("*.xml")));
    assertEquals(List.of("TestA", "TestA #2"), names());
  }

  @org.junit.jupiter.api.Test
  void skippedCasesDidNotRun() throws IOException {
    write(
        "a.xml",
        "<testsuite><testcase name='a' status='notrun'/><testcase name='b'><skipped/></testcase>"
            + "<testcase name='c'><warning/></testcase></testsuite>");
    assertEquals(new ReportOutcome(true, 1, 3, 1, 0, List.of()), read(ReportSpec.ofJunit("*.xml")));
  }

  @org.junit.jupiter.api.Test
  void troublesSayWhy() throws IOException {
    ReportSpec report = ReportSpec.ofJunit("r/*.xml");
    assertEquals(List.of(ReportTrouble.MISSING), reasons(read(report)));
    write("r/a.xml", "<testsuites><testsuite name='none' tests='0'/></testsuites>");
    assertEquals(List.of(ReportTrouble.EMPTY), reasons(read(report)));
    write("r/a.xml", "<testsuite tests='2'><testcase name='a'/></testsuite>");
    assertEquals(List.of(ReportTrouble.CONTRADICTS), reasons(read(report)));
    write("r/b.xml", "<testsuite><testcase name='b'/>");
    assertEquals(
        List.of(ReportTrouble.CONTRADICTS, ReportTrouble.TRUNCATED), reasons(read(report)));
    reportImporter.before(test(report));
    ReportOutcome stale = reportImporter.read(test(report));
    assertEquals(new ReportOutcome(true, 0, 0, 0, 0, stale.troubles()), stale);
    assertEquals(List.of(ReportTrouble.STALE), reasons(stale));
  }

  @org.junit.jupiter.api.Test
  void anEmptyFileAmongOthersIsATrouble() throws IOException {
    write("a.xml", "<testsuite><testcase name='a'/></testsuite>");
    write("b.xml", "");
    assertEquals(List.of(ReportTrouble.TRUNCATED), reasons(read(ReportSpec.ofJunit("*.xml"))));
  }

  @org.junit.jupiter.api.Test
  void beyondTheLimitCasesAreCountedAndNotKept() throws IOException {
    int more = TaskJournal.MAX_STATUSES + 1;
    StringBuilder xml = new StringBuilder("<testsuite>");
    for (int i = 1; i <= more; i++) {
      xml.append(
          i < more ? "<testcase name='" + i + "'/>" : "<testcase name='x'><error/></testcase>");
    }
    write("a.xml", xml + "</testsuite>");
    ReportOutcome outcome = read(ReportSpec.ofJunit("a.xml"));
    assertEquals(new ReportOutcome(true, 1, more, more, 1, outcome.troubles()), outcome);
    assertEquals(List.of(ReportTrouble.TOO_MANY), reasons(outcome));
    assertEquals(TaskJournal.MAX_STATUSES, journal.statuses());
  }

  @org.junit.jupiter.api.Test
  void aMessageOfMegabytesIsCut() throws IOException {
    String much = "y".repeat(3_000_000);
    write(
        "a.xml",
        "<testsuite><testcase name='n'><failure message='" + much + "'/></testcase></testsuite>");
    assertEquals(new ReportOutcome(true, 1, 1, 1, 1, List.of()), read(ReportSpec.ofJunit("a.xml")));
    assertTrue(statuses().get(0).message().length() < 5_000);
  }

  @org.junit.jupiter.api.Test
  void whenTheAttemptIsToStopReadingEnds() throws IOException {
    write("a.xml", "<testsuite><testcase name='a'/></testsuite>");
    stopRequest.ask(StopRequest.Cause.CANCELLED, null);
    reportImporter.before(test(ReportSpec.ofJunit("*.xml")));
    assertEquals(List.of(ReportTrouble.UNREADABLE), reasons(read(ReportSpec.ofJunit("*.xml"))));
    assertNull(names().stream().findFirst().orElse(null));
  }

  private ReportOutcome read(ReportSpec report) throws IOException {
    return reportImporter.read(test(report));
  }

  private static List<String> reasons(ReportOutcome outcome) {
    return outcome.troubles().stream().map(ReportTrouble::reason).toList();
  }

  private List<StatusReport> statuses() throws IOException {
    return journal.unconfirmed(1_000).stream()
        .filter(e -> e.kind() == AttemptEvent.Kind.STATUS)
        .map(AttemptEvent::status)
        .toList();
  }

  private List<String> names() throws IOException {
    return statuses().stream().map(StatusReport::name).toList();
  }

  private void write(String name, String text) throws IOException {
    Path file = workspace.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Test test(ReportSpec report) {
    return TestBuilder.builder()
        .id("s/t")
        .name("t")
        .enabled(true)
        .stages(List.of())
        .env(Map.of())
        .report(report)
        .artifacts(List.of())
        .build();
  }
}
