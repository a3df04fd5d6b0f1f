package io.cta.server.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.EventOrigin;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.TaskChanged;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.TaskBuilder;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.server.store.VersionedEntity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class KnownExecutionsTest {
  private static final int MAX = 3;
  private static final String ID = "e";

  private final UpdateQueue queue = new UpdateQueue(10);
  private final KnownExecutions known = new KnownExecutions(MAX, queue);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"HERE, NOW", "ELSEWHERE, AFTER_OTHERS", "STORE, NOW"})
  void aChangedTaskIsCountedWhenItsOwnNodeHasHadTheTime(EventOrigin origin, UpdateTime expected) {
    assertEquals(expected, known.heard(task(ID), origin));
    assertEquals(1, known.get(ID).tasks().size());
  }

  /** What is known of the execution before; what is heard; what follows. */
  @ParameterizedTest(name = "{0}, then {1} {2} of version {3}: {4}, version {5}")
  @CsvSource({
    // what this node made, it knows from its first version on
    "nothing,  HERE,      PENDING,  1, NEVER, 1",
    "nothing,  HERE,      PENDING,  2, NEVER, unknown",
    "nothing,  ELSEWHERE, PENDING,  1, NEVER, unknown",
    "nothing,  STORE,     PENDING,  1, NOW,   outdated",
    // somebody else on this node changed it
    "loaded,   HERE,      RUNNING,  6, NOW,   6",
    "loaded,   HERE,      RUNNING,  5, NEVER, 5",
    "loaded,   HERE,      RUNNING,  4, NEVER, 5",
    "loaded,   HERE,      FINISHED, 6, NEVER, 5",
    "unloaded, HERE,      RUNNING,  6, NOW,   outdated",
    // another node updated it
    "loaded,   ELSEWHERE, RUNNING,  6, NEVER, 6",
    "loaded,   ELSEWHERE, RUNNING,  4, NEVER, 5",
    "loaded,   ELSEWHERE, FINISHED, 6, NEVER, unknown",
    "busy,     ELSEWHERE, FINISHED, 6, NEVER, 6",
    "unloaded, ELSEWHERE, RUNNING,  6, NEVER, unread",
    // nobody announced it
    "loaded,   STORE,     FINISHED, 6, NOW,   outdated",
  })
  void anAnnouncementOfAnExecution(
      String before,
      EventOrigin origin,
      State state,
      long version,
      UpdateTime expected,
      String after) {
    begin(before);
    assertEquals(expected, known.heard(execution(ID, state, version), origin));
    assertEquals(after, standing());
  }

  @Test
  void anExecutionThatEndedElsewhereIsNotDueAnyMore() {
    begin("loaded");
    queue.mark(ID);
    known.heard(execution(ID, State.FINISHED, 6), EventOrigin.ELSEWHERE);
    assertFalse(queue.hasMarked());
  }

  @Test
  void aNewExecutionIsReadLaterWhenThereIsNoRoomForIt() {
    List.of("a", "b", "c").forEach(known::get);
    known.heard(execution(ID, State.PENDING, 1), EventOrigin.HERE);
    assertFalse(known.contains(ID));
  }

  @ParameterizedTest(name = "after {0}, known {1}: {2}")
  @CsvSource({
    "SOON, true, NOW",
    "SOON, false, NOW",
    "AFTER_OTHERS, true, NOW",
    "AFTER_OTHERS, false, NEVER",
  })
  void aDelayIsOver(UpdateTime delay, boolean still, UpdateTime expected) {
    if (still) {
      known.get(ID);
    }
    assertEquals(expected, known.waited(ID, delay));
  }

  @ParameterizedTest(name = "{0}: again {1}, known {2}")
  @CsvSource({"DONE, NEVER, true", "SOON, SOON, true", "OVER, NEVER, false"})
  void anUpdateEnds(ExecutionUpdater.Outcome outcome, UpdateTime again, boolean still) {
    begin("busy");
    assertEquals(again, known.updated(ID, outcome));
    assertEquals(still, known.contains(ID));
    assertFalse(queue.isBusy(ID));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"NOT_FOUND", "CONFLICT", "UNAVAILABLE"})
  void aFailedUpdateIsRepeatedUnlessThereIsNoExecution(ErrorCode code) {
    begin("busy");
    assertEquals(
        code == ErrorCode.NOT_FOUND ? UpdateTime.NEVER : UpdateTime.SOON,
        known.failed(ID, new ServiceFailure(code, "no")));
    assertFalse(known.contains(ID));
    assertFalse(queue.isBusy(ID));
  }

  @Test
  void theEldestAreForgottenButNotThoseAtWork() {
    List.of("busy", "marked", "a", "b", "c", "d").forEach(known::get);
    queue.mark("busy");
    queue.takeDue();
    queue.mark("marked");
    known.get("a");
    known.updated("d", ExecutionUpdater.Outcome.DONE);
    assertEquals(MAX, known.size());
    assertTrue(known.contains("busy"));
    assertTrue(known.contains("marked"));
    assertTrue(known.contains("a"), "used last");
  }

  private void begin(String before) {
    if (before.equals("nothing")) {
      return;
    }
    CachedExecution entry = known.get(ID);
    if (before.equals("unloaded")) {
      return;
    }
    ExecutionChanged read = execution(ID, State.PENDING, 5);
    entry.begin(new VersionedEntity<>(read.execution(), read.version()));
    if (before.equals("busy")) {
      queue.mark(ID);
      assertEquals(List.of(ID), queue.takeDue());
    }
  }

  private String standing() {
    if (!known.contains(ID)) {
      return "unknown";
    }
    CachedExecution entry = known.get(ID);
    if (entry.outdated) {
      return "outdated";
    }
    if (!entry.loaded) {
      assertNull(entry.execution());
      return "unread";
    }
    return Long.toString(entry.execution().version());
  }

  private static ExecutionChanged execution(String id, State state, long version) {
    Execution made = SchedulingFixtures.request(RunMode.MONO).id(id).execution();
    return new ExecutionChanged(ExecutionBuilder.builder(made).state(state).build(), version);
  }

  private static TaskChanged task(String executionId) {
    return new TaskChanged(
        TaskBuilder.builder()
            .id(executionId + "-0")
            .executionId(executionId)
            .state(State.PENDING)
            .build(),
        1);
  }
}
