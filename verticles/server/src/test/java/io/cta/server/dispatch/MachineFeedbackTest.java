package io.cta.server.dispatch;

import static io.cta.domain.RunMode.MONO;
import static io.cta.server.dispatch.Given.machine;
import static io.cta.server.dispatch.Given.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.state.Step;
import io.cta.state.TaskFact;
import io.cta.state.TaskMachine;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a change of a task says of the machine that has it. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MachineFeedbackTest {
  private final Board board = Given.board(machine("m", true, 1));
  private final FleetMachine machine = board.fleet.get("id-m");
  private final MachineFeedback feedback = new MachineFeedback(board.fleet, () -> Given.NANOS);
  private Task waiting;
  private Task released;

  @BeforeEach
  void release() {
    on(board, Given.request(MONO).id("A").execution());
    waiting = board.ticket("A-0").task;
    released = after(waiting, new TaskFact.Released("k", "id-m", Given.NOW));
  }

  @Test
  void whoTurnsATaskDownRests() {
    feedback.changed(released, declined());
    assertTrue(machine.paused(Given.NANOS));
  }

  @Test
  void whoTakesOneIsOfferedTheNextAtOnce() {
    feedback.changed(released, declined());
    feedback.changed(released, acked());
    assertFalse(machine.paused(Given.NANOS));
  }

  @Test
  void anAckAndAnEndMayBeOneChange() {
    feedback.changed(released, declined());
    Task ended =
        after(
            acked(), new TaskFact.Ended(1, "k", "id-m", State.FINISHED, 0, false, null, Given.NOW));
    feedback.changed(released, ended);
    assertFalse(machine.paused(Given.NANOS));
    assertEquals(Given.NANOS, machine.succeededAt);
  }

  @Test
  void anInfrastructureFailureIsNoSuccess() {
    Task broken =
        after(
            acked(),
            new TaskFact.Ended(1, "k", "id-m", State.FINISHED, 0, true, "diskFull", Given.NOW));
    feedback.changed(acked(), broken);
    assertNull(machine.succeededAt);
  }

  @Test
  void aTaskThatIsNewHereSaysNothing() {
    feedback.changed(null, declined());
    assertFalse(machine.paused(Given.NANOS));
  }

  private Task declined() {
    return after(released, new TaskFact.Declined(1, "k", "id-m", "noSlot", Given.NOW));
  }

  private Task acked() {
    return after(released, new TaskFact.Acked(1, "k", "id-m", Given.NOW));
  }

  private static Task after(Task task, TaskFact fact) {
    return ((Step.Moved) TaskMachine.apply(task, fact)).task();
  }
}
