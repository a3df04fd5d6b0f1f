package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AfterState;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionReport;
import io.cta.domain.ExecutionSourceBuilder;
import io.cta.domain.ForgeType;
import io.cta.domain.Result;
import io.cta.domain.ScenarioReport;
import io.cta.domain.State;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One comment of a scenario is kept on a pull request of GitHub, Gitea and Forgejo. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PullRequestNotesTest {
  private static final String MARKER = "<!-- cta:S -->";
  private final NotifyFixture fixture = new NotifyFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"GITHUB", "GITEA", "FORGEJO"})
  void threeExecutionsKeepOneCommentAmongManyOthers(ForgeType type) {
    FakeHub hub = new FakeHub(fixture, type);
    for (int i = 0; i < 120; i++) {
      hub.add(i % 3, MARKER + " quoted by somebody else " + i);
    }
    fixture.deploy();
    for (int i = 0; i < 3; i++) {
      ExecutionReport report = settled(stored(hub));
      assertEquals(AfterState.DONE, report.state(), report::toString);
      assertEquals("the note is there", report.note());
    }
    assertEquals(1, hub.own().size());
    assertTrue(hub.own().get(0).body().startsWith(MARKER + "\n"), hub.own()::toString);
    assertEquals(
        List.of("POST", "PATCH", "PATCH"),
        hub.asked.stream()
            .filter(line -> line.contains("comments") && !line.startsWith("GET"))
            .map(line -> line.split(" ")[0])
            .toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"GITHUB", "GITEA"})
  void aCommentWhoseAnswerWasLostIsFoundAndOneThatWasDeletedIsWrittenAgain(ForgeType type) {
    FakeHub hub = new FakeHub(fixture, type);
    hub.faults = n -> n == 1 ? 0 : n == 2 ? 502 : 200;
    fixture.deploy();
    assertEquals(AfterState.DONE, settled(stored(hub)).state());
    assertEquals(1, hub.own().size());
    hub.comments.clear();
    assertEquals(AfterState.DONE, settled(stored(hub)).state());
    assertEquals(1, hub.own().size());
  }

  @ParameterizedTest
  @EnumSource(names = {"GITHUB", "GITEA"})
  void aCommentThatIsRefusedFailsTheReport(ForgeType type) {
    FakeHub hub = new FakeHub(fixture, type);
    hub.faults = n -> 403;
    fixture.deploy();
    ExecutionReport report = settled(stored(hub));
    assertEquals(AfterState.FAILED, report.state());
    assertTrue(report.note().startsWith("the note was not written: HTTP 403"), report.note());
  }

  private Execution stored(FakeHub hub) {
    return new ReportedExecutions(fixture, hub.url(), new ScenarioReport("lab", null, true))
        .stored(
            State.FINISHED,
            Result.OK,
            ReportedExecutions.COMMIT,
            e ->
                ExecutionBuilder.builder(e)
                    .source(
                        ExecutionSourceBuilder.builder(e.source())
                            .pipelineId(null)
                            .changeRequest("12")
                            .build())
                    .build(),
            List.of());
  }

  /** The report once nothing of it is on its way, while time goes on. */
  private ExecutionReport settled(Execution e) {
    return new ReportedExecutions(fixture, "")
        .until(
            e,
            report ->
                (report.state() == AfterState.DONE || report.state() == AfterState.FAILED)
                    && report.noteState() != null
                    && report.noteState() != AfterState.SENDING
                    && fixture.deliveries().stream()
                        .filter(row -> row.executionId().equals(e.id()))
                        .allMatch(row -> row.state() != DeliveryState.WAITING));
  }
}
