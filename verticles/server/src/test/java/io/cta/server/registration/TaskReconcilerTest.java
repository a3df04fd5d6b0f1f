package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.AttemptRef;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.PlannedTasks;
import io.cta.state.TaskFact;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class TaskReconcilerTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Task WAITING = PlannedTasks.waiting("e", RunMode.MONO);
  private static final Task RELEASED = after(WAITING, new TaskFact.Released("k1", "m", NOW));
  private static final Task ACKED = after(RELEASED, new TaskFact.Acked(1, "k1", "m", NOW));
  private static final Task RUNNING = after(ACKED, new TaskFact.Started(1, "k1", "m", NOW));
  private static final Task CANCELLING =
      after(RUNNING, new TaskFact.CancelRequested(NOW.plusSeconds(9), NOW));
  private static final Task ENDED =
      after(RUNNING, new TaskFact.Ended(1, "k1", "m", State.FINISHED, 1, false, null, NOW));
  private static final Task LOST = after(RUNNING, new TaskFact.Lost(1, "machineLost", NOW));

  static Stream<Arguments> cases() {
    // believed, listed -> lost, stale, when seen twice
    AttemptRef same = new AttemptRef("e-0", 1, "k1");
    AttemptRef older = new AttemptRef("e-0", 0, "k0");
    AttemptRef other = new AttemptRef("x-0", 1, "kx");
    return Stream.of(
        Arguments.of(RUNNING, List.of(same), 0, 0),
        Arguments.of(RUNNING, List.of(), 1, 0),
        Arguments.of(ACKED, List.of(), 1, 0),
        Arguments.of(CANCELLING, List.of(), 1, 0),
        Arguments.of(RELEASED, List.of(), 0, 0),
        Arguments.of(RELEASED, List.of(same), 0, 0),
        Arguments.of(ENDED, List.of(), 0, 0),
        Arguments.of(ENDED, List.of(same), 0, 0),
        Arguments.of(LOST, List.of(same), 0, 1),
        Arguments.of(RUNNING, List.of(older), 1, 1),
        Arguments.of(RUNNING, List.of(same, older), 0, 1),
        Arguments.of(RUNNING, List.of(same, other), 0, 1),
        Arguments.of(null, List.of(other), 0, 1),
        Arguments.of(null, List.of(), 0, 0));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aDifferenceSeenTwiceCounts(Task believed, List<AttemptRef> listed, int lost, int stale) {
    TaskReconciler.Outcome once = compare(believed, listed, Set.of());
    assertEquals(0, once.lost().size() + once.stale().size());
    assertEquals(lost + stale, once.sightings().size());
    TaskReconciler.Outcome twice = compare(believed, listed, once.sightings());
    assertEquals(lost, twice.lost().size());
    assertEquals(stale, twice.stale().size());
  }

  @Test
  void aDifferenceThatGoesAwayIsForgotten() {
    TaskReconciler.Outcome once = compare(RUNNING, List.of(), Set.of());
    TaskReconciler.Outcome again =
        compare(RUNNING, List.of(new AttemptRef("e-0", 1, "k1")), once.sightings());
    assertEquals(Set.of(), again.sightings());
    assertEquals(0, compare(RUNNING, List.of(), again.sightings()).lost().size());
  }

  @Test
  void aTaskAckedJustNowMayBeMissing() {
    Map<String, Task> all = Map.of(RUNNING.id(), RUNNING);
    TaskReconciler.Outcome early =
        TaskReconciler.compare("m", all.values(), all::get, List.of(), task -> false, Set.of());
    assertEquals(Set.of(), early.sightings());
  }

  @Test
  void anAttemptThatAnotherMachineHasIsStale() {
    Map<String, Task> all = Map.of(RUNNING.id(), RUNNING);
    List<AttemptRef> listed = List.of(new AttemptRef(RUNNING.id(), 1, "k1"));
    TaskReconciler.Outcome once =
        TaskReconciler.compare("m2", List.of(), all::get, listed, task -> true, Set.of());
    TaskReconciler.Outcome again =
        TaskReconciler.compare("m2", List.of(), all::get, listed, task -> true, once.sightings());
    assertEquals(listed, again.stale());
  }

  @Test
  void anotherAttemptIsAnotherSighting() {
    TaskReconciler.Outcome once = compare(RUNNING, List.of(), Set.of());
    Task second = RUNNING.edit().attempt(2, "k2").done();
    assertEquals(0, compare(second, List.of(), once.sightings()).lost().size());
  }

  private static TaskReconciler.Outcome compare(
      Task believed, List<AttemptRef> listed, Set<AttemptRef> before) {
    Map<String, Task> all = believed == null ? Map.of() : Map.of(believed.id(), believed);
    return TaskReconciler.compare("m", all.values(), all::get, listed, task -> true, before);
  }

  private static Task after(Task task, TaskFact fact) {
    return ((TransitionOutcome.Moved) TaskStateMachine.apply(task, fact)).task();
  }
}
