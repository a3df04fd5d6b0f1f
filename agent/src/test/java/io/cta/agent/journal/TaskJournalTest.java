package io.cta.agent.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AttemptRef;
import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.StatusSource;
import io.cta.message.StatusReportBuilder;
import io.cta.message.TaskEnded;
import io.cta.message.TaskEndedBuilder;
import io.cta.message.TaskRun;
import io.cta.message.TaskRunBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a journal has when it is opened again, however it was left. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TaskJournalTest {
  @TempDir Path dir;
  private AgentJournal journal;
  private TaskJournal task;

  @BeforeEach
  void accept() throws IOException {
    journal = new AgentJournal(dir);
    task = journal.accept(run("e-0", 1));
  }

  @Test
  void everythingIsThereAgain() throws IOException {
    task.started();
    status("a");
    status("b");
    task.step(StageProgress.started(0, 1, 42, 43), false);
    task.confirmLogs(7);
    TaskJournal again = reopened();
    assertEquals(run("e-0", 1), again.run());
    assertTrue(again.hasStarted());
    assertFalse(again.hasEnded());
    assertEquals(2, again.statuses());
    assertEquals(7, again.logsConfirmed());
    assertEquals(StageProgress.started(0, 1, 42, 43), again.lastStep());
    assertTrue(again.selfReported("suite/t"));
    assertEquals(kinds("ACKED STARTED STATUS STATUS"), kinds(again));
  }

  @Test
  void whatWasConfirmedIsNotSentAgain() throws IOException {
    task.started();
    status("a");
    task.confirm(2);
    status("b");
    task.confirm(1);
    TaskJournal again = reopened();
    assertEquals(kinds("STATUS"), kinds(again));
    assertEquals("b", again.unconfirmed(10).get(0).status().name());
    again.confirm(1);
    again.end(count -> ended(count));
    assertEquals(kinds("ENDED"), kinds(again));
    assertEquals(2, again.unconfirmed(10).get(0).ended().statusCount());
  }

  @Test
  void aTornTailIsCutOffAndTheRestStands() throws IOException {
    task.started();
    status("a");
    task.close();
    Path file = dir.resolve("e-0.1/journal");
    byte[] whole = lines(Files.readAllBytes(file));
    for (int cut = 1; cut < 60; cut++) {
      Files.write(file, Arrays.copyOf(whole, whole.length - cut));
      TaskJournal again = TaskJournal.open(dir.resolve("e-0.1"));
      assertTrue(again.hasStarted());
      assertEquals(0, again.statuses());
      again.close();
    }
  }

  /** Without the space that is taken ahead. */
  private static byte[] lines(byte[] file) {
    int end = file.length;
    while (file[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOf(file, end);
  }

  @Test
  void spaceIsTakenAheadAndKeptWhenTheFileIsOpenedAgain() throws IOException {
    task.started();
    long size = Files.size(dir.resolve("e-0.1/journal"));
    task.end(count -> ended(count));
    task.close();
    TaskJournal.open(dir.resolve("e-0.1")).close();
    assertEquals(size, Files.size(dir.resolve("e-0.1/journal")));
  }

  @Test
  void aTailOfRubbishIsCutOffAndWritingGoesOn() throws IOException {
    task.close();
    Files.write(
        dir.resolve("e-0.1/journal"), new byte[] {0, 0, 0, '\n', 1}, StandardOpenOption.APPEND);
    TaskJournal again = TaskJournal.open(dir.resolve("e-0.1"));
    again.started();
    again.close();
    assertEquals(kinds("ACKED STARTED"), kinds(TaskJournal.open(dir.resolve("e-0.1"))));
  }

  @Test
  void anAttemptWhoseAcceptanceIsTornIsForgotten() throws IOException {
    task.close();
    Path file = dir.resolve("e-0.1/journal");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));
    assertTrue(new AgentJournal(dir).recover().isEmpty());
    assertFalse(Files.exists(dir.resolve("e-0.1")));
  }

  @Test
  void ofAForgottenAttemptOnlyTheKeyIsKept() throws IOException {
    journal.forget(task);
    assertFalse(Files.exists(dir.resolve("e-0.1")));
    journal.close();
    AgentJournal again = new AgentJournal(dir);
    assertTrue(again.isDone(new AttemptRef("e-0", 1, "token")));
    assertFalse(again.isDone(new AttemptRef("e-0", 2, "token")));
    assertTrue(again.recover().isEmpty());
  }

  @Test
  void ofTheKeysOnlyTheLatestThousandAreKept() throws IOException {
    CompletedAttempts done = new CompletedAttempts(dir.resolve("keys"));
    for (int i = 1; i <= 2500; i++) {
      done.add(new AttemptRef("e-" + i, 1, "token"));
    }
    done.close();
    CompletedAttempts again = new CompletedAttempts(dir.resolve("keys"));
    assertTrue(again.contains(new AttemptRef("e-2500", 1, "token")));
    assertTrue(again.contains(new AttemptRef("e-1501", 1, "token")));
    assertFalse(again.contains(new AttemptRef("e-1500", 1, "token")));
    assertTrue(Files.size(dir.resolve("keys")) < 200_000);
  }

  private TaskJournal reopened() throws IOException {
    task.close();
    return new AgentJournal(dir).recover().get(0);
  }

  private void status(String name) throws IOException {
    task.status(
        index ->
            StatusReportBuilder.builder()
                .testId("suite/t")
                .testName("t")
                .name(name)
                .index(index)
                .result(Result.OK)
                .source(StatusSource.API)
                .build());
  }

  private static TaskEnded ended(int count) {
    return TaskEndedBuilder.builder()
        .executionId("e")
        .taskId("e-0")
        .attempt(1)
        .token("token")
        .machineId("m")
        .state(State.FINISHED)
        .statusCount(count)
        .durationMs(1L)
        .build();
  }

  private static TaskRun run(String taskId, int attempt) {
    return TaskRunBuilder.builder()
        .executionId("e")
        .taskId(taskId)
        .attempt(attempt)
        .token("token")
        .mode(RunMode.MONO)
        .suite("suite")
        .inputs(List.of())
        .outputs(List.of())
        .tests(List.of())
        .parameters(Map.of("k", "v"))
        .running(Duration.ofMinutes(1))
        .build();
  }

  private static List<AttemptEvent.Kind> kinds(String names) {
    return Arrays.stream(names.split(" ")).map(AttemptEvent.Kind::valueOf).toList();
  }

  private static List<AttemptEvent.Kind> kinds(TaskJournal journal) throws IOException {
    return journal.unconfirmed(10).stream().map(AttemptEvent::kind).toList();
  }
}
