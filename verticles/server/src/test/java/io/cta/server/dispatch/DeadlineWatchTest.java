package io.cta.server.dispatch;

import static io.cta.server.dispatch.DeadlineWatchTest.Seen.LOADED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.cta.domain.AskedExecution;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.server.dispatch.scheduling.TaskFactory;
import io.cta.state.TaskFact;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class DeadlineWatchTest {
  /** How this server came to know of a task. */
  enum Seen {
    CHANGED,
    LOADED
  }

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Instant NOW = SchedulingFixtures.NOW;
  private static final long NANOS = SchedulingFixtures.NANOS;

  private final DeadlineWatch watch = new DeadlineWatch(LEASE);

  @ParameterizedTest
  @CsvSource({
    // phase, how it is seen, by how much our wall clock differs from the writer's, seconds left
    "WAITING, CHANGED, 0, 300",
    "WAITING, CHANGED, 7200, 300",
    "WAITING, CHANGED, -7200, 300",
    "WAITING, LOADED, 0, 300",
    "WAITING, LOADED, 100, 200",
    "WAITING, LOADED, 299, 30",
    "WAITING, LOADED, 300, 300",
    "WAITING, LOADED, 7200, 300",
    "WAITING, LOADED, -7200, 300",
    "ACKED, CHANGED, 7200, 660",
    "ACKED, LOADED, 7200, 660",
    "RUNNING, CHANGED, -7200, 610",
    "RUNNING, LOADED, 500, 610",
    "RUNNING, LOADED, 7200, 610",
    "RUNNING, LOADED, -7200, 610",
    "CANCELLING, CHANGED, 7200, 40",
    "CANCELLING, LOADED, 20, 30",
    "CANCELLING, LOADED, 7200, 40",
    "CANCELLING, LOADED, -7200, 40",
    "ENDED, CHANGED, -7200, 60",
    "ENDED, LOADED, 7200, 60",
    "ENDED, LOADED, -7200, 60"
  })
  void theTimeThatIsLeftIsNeverMoreThanAllOfItAndAfterAStartAtLeastALease(
      String phase, Seen seen, long ahead, long left) {
    Task task = in(phase);
    assertEquals(phase, io.cta.state.TaskPhase.of(task).name());
    if (seen == LOADED) {
      watch.loaded(task, NOW.plusSeconds(ahead), NANOS);
    } else {
      watch.changed(null, task, NANOS);
    }
    assertEquals(Duration.ofSeconds(left), watch.left(task.id(), NANOS));
  }

  @Test
  void aWaitGoesOnThroughReleaseAndWithdrawalAndAMovedDeadline() {
    Task waiting = in("WAITING");
    watch.changed(null, waiting, NANOS);
    Task released = after(waiting, new TaskFact.Released("k", "m", NOW));
    watch.changed(waiting, released, NANOS + 1);
    Task back = after(released, new TaskFact.Withdrawn(1, "k", "gone", NOW));
    watch.changed(released, back, NANOS + 2);
    Task moved = after(back, new TaskFact.DeadlineMoved(NOW.plusSeconds(9_999), NOW));
    watch.changed(back, moved, NANOS + 3);
    assertEquals(Duration.ofMinutes(5), watch.left(waiting.id(), NANOS));
  }

  @Test
  void eachAttemptHasItsTimeAnew() {
    Task running = in("RUNNING");
    watch.changed(null, running, NANOS);
    Task ended = after(running, new TaskFact.Lost(1, "machineLost", NOW));
    watch.changed(running, ended, NANOS + 1);
    assertEquals(Duration.ofSeconds(60), watch.left(running.id(), NANOS + 1));
  }

  @Test
  void anExecutionHasItsTimeFromItsFirstStart() {
    Task running = in("RUNNING");
    assertNull(watch.executionLeft("A", NANOS));
    watch.changed(null, running, NANOS);
    watch.changed(running, running, NANOS + 5);
    assertEquals(Duration.ofSeconds(610), watch.executionLeft("A", NANOS));
    assertEquals(List.of("A"), watch.executionsDue(NANOS + Duration.ofSeconds(610).toNanos()));
    watch.over("A");
    assertNull(watch.executionLeft("A", NANOS));
  }

  private static Task in(String phase) {
    Task waiting = waiting();
    Task released = after(waiting, new TaskFact.Released("k", "m", NOW));
    Task acked = after(released, new TaskFact.Acked(1, "k", "m", NOW));
    Task running = after(acked, new TaskFact.Started(1, "k", "m", NOW));
    return switch (phase) {
      case "WAITING" -> waiting;
      case "ACKED" -> acked;
      case "RUNNING" -> running;
      case "CANCELLING" -> after(running, new TaskFact.CancelRequested(NOW.plusSeconds(40), NOW));
      default ->
          after(running, new TaskFact.Ended(1, "k", "m", State.FINISHED, 3, false, null, NOW));
    };
  }

  private static Task waiting() {
    AskedExecution e =
        SchedulingFixtures.request(RunMode.MONO)
            .timeouts(Duration.ofMinutes(5), Duration.ofMinutes(10))
            .id("A")
            .asked();
    return new TaskFactory(e, NOW).task(0, List.of("t"), null);
  }

  private static Task after(Task task, TaskFact fact) {
    return ((TransitionOutcome.Moved) TaskStateMachine.apply(task, fact)).task();
  }
}
