package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AfterState;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionReport;
import io.cta.domain.ExecutionSourceBuilder;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.ScenarioReport;
import io.cta.domain.State;
import io.cta.domain.StatusBuilder;
import io.cta.server.cluster.ClusterNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One note of a scenario is kept on a merge request of GitLab. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MergeRequestNotesTest {
  private static final ScenarioReport REPORT = new ScenarioReport("lab", null, true);
  private static final String MARKER = "<!-- cta:S -->";

  private final NotifyFixture fixture = new NotifyFixture();
  private FakeGitLab gitlab;
  private ReportedExecutions reported;

  @BeforeEach
  void start() {
    gitlab = new FakeGitLab(fixture.vertx);
    gitlab.knownTo(fixture);
    reported = new ReportedExecutions(fixture, gitlab.url(), REPORT);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void fiveExecutionsKeepOneNoteAmongManyOthers() {
    for (int i = 0; i < 250; i++) {
      gitlab.notes.add(i % 3, MARKER + " quoted by somebody else " + i);
    }
    fixture.deploy();
    for (int i = 0; i < 5; i++) {
      ExecutionReport report = settled(stored("12"));
      assertEquals(AfterState.DONE, report.state());
      assertEquals(AfterState.DONE, report.noteState());
      assertEquals("the note is there", report.note());
      assertEquals(4, report.deliveries().size());
    }
    assertEquals(1, gitlab.notes.own().size());
    assertEquals(5, gitlab.notes.writes().size());
    assertEquals(6, gitlab.notes.asked.stream().filter(l -> l.endsWith("/notes")).count());
    String body = gitlab.notes.own().get(0).body();
    assertTrue(body.startsWith(MARKER + "\n"), body);
    assertTrue(body.contains("- ` lang ` ` StringTest `: ` expected 1 `\n"), body);
    assertTrue(body.contains("<https://cta.example/#/executions/"), body);
  }

  @Test
  void aNoteWhoseIdWasLostIsFoundByItsMarkerAndAuthor() {
    gitlab.notes.add(3, MARKER + " a quotation");
    long own = gitlab.notes.add(FakeGitLabNotes.USER, MARKER + "\nold");
    gitlab.notes.add(FakeGitLabNotes.USER, "of another program");
    fixture.deploy();
    settled(stored("12"));
    assertEquals(2, gitlab.notes.own().size());
    assertTrue(gitlab.notes.notes.get(own).body().contains("nightly"));
  }

  @Test
  void aNoteThatWasDeletedIsWrittenOnceMore() {
    fixture.deploy();
    settled(stored("12"));
    gitlab.notes.notes.clear();
    settled(stored("12"));
    assertEquals(1, gitlab.notes.own().size());
    assertEquals(
        List.of("POST", "PUT", "POST"),
        gitlab.notes.writes().stream().map(line -> line.split(" ")[0]).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 409, 429, 502})
  void whateverHappensToARequestThereIsOneNote(int fault) {
    gitlab.notes.faults = n -> n == 1 || n == 3 ? fault : 200;
    fixture.deploy();
    assertEquals(AfterState.DONE, settled(stored("12")).state());
    assertEquals(AfterState.DONE, settled(stored("12")).state());
    assertEquals(1, gitlab.notes.own().size());
  }

  @Test
  void aNoteThatIsRefusedFailsTheReport() {
    gitlab.notes.faults = n -> 403;
    fixture.deploy();
    ExecutionReport report = settled(stored("12"));
    assertEquals(AfterState.FAILED, report.noteState());
    assertEquals(AfterState.FAILED, report.state());
    assertTrue(report.note().startsWith("the note was not written: HTTP 403"), report.note());
    assertEquals(1, gitlab.notes.writes().size());
    assertEquals("success", gitlab.rows.get(0).state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1/2", "12345678901234567890"})
  void anExecutionOfNoMergeRequestHasNoNoteAndSaysSo(String changeRequest) {
    fixture.deploy();
    ExecutionReport report = settled(stored(changeRequest));
    assertEquals(AfterState.DONE, report.state());
    assertEquals(AfterState.SKIPPED, report.noteState());
    assertEquals(List.of(), gitlab.notes.asked);
  }

  @Test
  void theNoteOfAForksMergeRequestIsWhereThatIs() {
    reported =
        new ReportedExecutions(
            fixture, gitlab.url(), new ScenarioReport("lab", "ann/app", true, "group/app"));
    fixture.deploy();
    assertEquals(AfterState.DONE, settled(stored("12")).noteState());
    assertEquals(1, gitlab.notes.own().size());
    assertTrue(gitlab.posts.get(0).path().contains("/projects/ann/app/"), gitlab.posts::toString);
  }

  @Test
  void aNoteIsNotWrittenOverByAnEarlierExecution() {
    Execution earlier = stored("12");
    Execution later = stored("12");
    gitlab.notes.faults = n -> n == 1 ? 502 : 200;
    fixture.deploy();
    settled(earlier);
    settled(later);
    assertTrue(gitlab.notes.own().get(0).body().contains(later.id()));
  }

  @Test
  void twoServersWriteOneNote() {
    fixture.deploy(new ClusterNode("a", Duration.ofSeconds(60)));
    fixture.deploy(new ClusterNode("b", Duration.ofSeconds(60)));
    List<Execution> all =
        java.util.stream.IntStream.range(0, 6).mapToObj(i -> stored("12")).toList();
    all.forEach(this::settled);
    assertEquals(1, gitlab.notes.own().size());
  }

  private Execution stored(String changeRequest) {
    return reported.stored(
        State.FINISHED,
        Result.OK,
        ReportedExecutions.COMMIT,
        e ->
            ExecutionBuilder.builder(e)
                .counts(new ResultCounts(12, 1, 0, 0, 0, 0))
                .source(
                    ExecutionSourceBuilder.builder(e.source())
                        .pipelineId(null)
                        .changeRequest(changeRequest.isEmpty() ? null : changeRequest)
                        .build())
                .build(),
        List.of(
            StatusBuilder.builder()
                .taskId("gone")
                .testId("T")
                .testName("lang")
                .name("StringTest")
                .message("expected 1")
                .result(Result.FAILED)));
  }

  /** The report once nothing of it is on its way, while time goes on. */
  private ExecutionReport settled(Execution e) {
    return reported.until(
        e,
        report ->
            (report.state() == AfterState.DONE || report.state() == AfterState.FAILED)
                && report.noteState() != AfterState.SENDING
                && fixture.deliveries().stream()
                    .filter(row -> row.executionId().equals(e.id()))
                    .allMatch(row -> row.state() != DeliveryState.WAITING));
  }
}
