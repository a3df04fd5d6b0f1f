package io.cta.server.dispatch.scheduling;

import static io.cta.domain.RunMode.MONO;
import static io.cta.server.dispatch.scheduling.SchedulingFixtures.machine;
import static io.cta.server.dispatch.scheduling.SchedulingFixtures.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.state.TaskFact;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a change of a task says of the machine that has it. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MachineFeedbackTest {
  private final SchedulingState schedulingState = SchedulingFixtures.state(machine("m", true, 1));
  private final FleetMachine machine = schedulingState.fleet.get("id-m");
  private final MachineFeedback feedback =
      new MachineFeedback(schedulingState.fleet, () -> SchedulingFixtures.NANOS);
  private Task waiting;
  private Task released;

  @BeforeEach
  void release() {
    on(schedulingState, SchedulingFixtures.request(MONO).id("A").asked());
    waiting = schedulingState.task("A-0").task;
    released = after(waiting, new TaskFact.Released("k", "id-m", SchedulingFixtures.NOW));
  }

  @Test
  void whoTurnsATaskDownRests() {
    feedback.changed(released, declined());
    assertTrue(machine.paused(SchedulingFixtures.NANOS));
  }

  @Test
  void whoTakesOneIsOfferedTheNextAtOnce() {
    feedback.changed(released, declined());
    feedback.changed(released, acked());
    assertFalse(machine.paused(SchedulingFixtures.NANOS));
  }

  @Test
  void anAckAndAnEndMayBeOneChange() {
    feedback.changed(released, declined());
    Task ended =
        after(
            acked(),
            new TaskFact.Ended(
                1, "k", "id-m", State.FINISHED, 0, false, null, SchedulingFixtures.NOW));
    feedback.changed(released, ended);
    assertFalse(machine.paused(SchedulingFixtures.NANOS));
    assertEquals(SchedulingFixtures.NANOS, machine.rank().succeededAt());
  }

  @Test
  void anInfrastructureFailureIsNoSuccess() {
    Task broken =
        after(
            acked(),
            new TaskFact.Ended(
                1, "k", "id-m", State.FINISHED, 0, true, "diskFull", SchedulingFixtures.NOW));
    feedback.changed(acked(), broken);
    assertNull(machine.rank().succeededAt());
  }

  @Test
  void aTaskThatIsNewHereSaysNothing() {
    feedback.changed(null, declined());
    assertFalse(machine.paused(SchedulingFixtures.NANOS));
  }

  private Task declined() {
    return after(released, new TaskFact.Declined(1, "k", "id-m", "noSlot", SchedulingFixtures.NOW));
  }

  private Task acked() {
    return after(released, new TaskFact.Acked(1, "k", "id-m", SchedulingFixtures.NOW));
  }

  private static Task after(Task task, TaskFact fact) {
    return ((TransitionOutcome.Moved) TaskStateMachine.apply(task, fact)).task();
  }
}
