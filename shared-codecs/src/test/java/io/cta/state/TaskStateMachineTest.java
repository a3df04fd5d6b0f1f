package io.cta.state;

import static io.cta.state.TaskSamples.acked;
import static io.cta.state.TaskSamples.after;
import static io.cta.state.TaskSamples.at;
import static io.cta.state.TaskSamples.cancel;
import static io.cta.state.TaskSamples.counted;
import static io.cta.state.TaskSamples.ended;
import static io.cta.state.TaskSamples.fresh;
import static io.cta.state.TaskSamples.overdue;
import static io.cta.state.TaskSamples.released;
import static io.cta.state.TaskSamples.started;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.TaskDecline;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TaskStateMachineTest {
  @Test
  void deadlinesFollowTheState() {
    Task task = after(fresh(0, 0), released());
    assertEquals(TaskSamples.PENDING_UNTIL, task.deadline());
    task = after(task, acked());
    assertEquals(at(2 + 600 + 60), task.deadline());
    task = after(task, started());
    assertEquals(at(3 + 600 + 10), task.deadline());
    task = after(task, ended(1));
    assertEquals(at(9 + 60), task.deadline());
    assertNull(after(task, counted(1, Result.OK)).deadline());
  }

  @Test
  void aReleaseCountsAttemptsAndAWithdrawalTakesTheTokenBack() {
    Task task = after(fresh(0, 0), new TaskFact.Released("t1", "m1", at(1)));
    assertEquals("m1", task.machineId());
    task = after(task, new TaskFact.Withdrawn(1, "t1", "machineOffline", at(2)));
    assertEquals(TaskPhase.WAITING, TaskPhase.of(task));
    assertNull(task.machineId());
    assertEquals("machineOffline", task.waitReason());
    refused(task, acked());
    task = after(task, new TaskFact.Released("t2", "m2", at(3)));
    assertEquals(2, task.attempt());
    assertEquals(List.of(), task.attempts());
    refused(task, acked());
  }

  @Test
  void aDeclinedOfferIsNoAttempt() {
    Task task = after(fresh(0, 0), new TaskFact.Released("t1", null, at(1)));
    task = after(task, new TaskFact.Declined(1, "t1", "m1", "noSlot", at(2)));
    assertEquals(TaskPhase.WAITING, TaskPhase.of(task));
    assertEquals(0, task.attempt());
    assertEquals(new TaskDecline("m1", "noSlot", at(2), 1), task.declined());
    task = after(task, new TaskFact.Released("t2", "m1", at(3)));
    refused(task, new TaskFact.Declined(1, "t1", "m1", "noSlot", at(4)));
    refused(task, new TaskFact.Withdrawn(1, "t1", "machineOffline", at(4)));
    task = after(task, new TaskFact.Declined(1, "t2", "m1", "diskLow", at(5)));
    assertEquals(2, task.declined().times());
    task = after(task, new TaskFact.Released("t3", "m2", at(6)));
    task = after(task, new TaskFact.Acked(1, "t3", "m2", at(7)));
    assertEquals(1, task.attempt());
    assertNull(task.declined());
  }

  @Test
  void aBoundTaskGoesToItsMachineOnly() {
    Task task = TaskSamples.task("m7", true, null, 0, 1);
    refused(task, new TaskFact.Released("t1", "m1", at(1)));
    task = after(task, released());
    assertEquals("m7", task.machineId());
    refused(task, acked());
    task = after(task, new TaskFact.Withdrawn(1, "t1", "machineOffline", at(2)));
    assertEquals("m7", task.machineId());
  }

  @Test
  void onlyTheTokenAndMachineOfTheAttemptAreAccepted() {
    Task task = after(fresh(0, 0), released(), acked());
    refused(task, new TaskFact.Started(1, "t0", "m1", at(3)));
    refused(task, new TaskFact.Started(2, "t1", "m1", at(3)));
    refused(task, new TaskFact.Acked(1, "t1", "m2", at(3)));
    refused(task, new TaskFact.Lost(0, "machineLost", at(3)));
    refused(task, new TaskFact.Ended(1, "t1", "m1", State.RUNNING, 0, false, null, at(3)));
  }

  @Test
  void eventsThatOvertakeEachOtherDoNoHarm() {
    Task task = after(fresh(0, 0), released(), started());
    assertEquals("m1", task.machineId());
    assertEquals(at(3), task.ackedAt());
    task = after(fresh(0, 0), released(), ended(1), counted(1, Result.OK));
    ignored(task, acked());
    ignored(task, started());
    ignored(task, ended(1));
  }

  @Test
  void aCancelOfWhatNoAgentHasIsDoneAtOnceAndALateAckIsRefused() {
    Task task = after(fresh(0, 2), released(), cancel());
    assertEquals(State.CANCELLED, task.endState());
    refused(task, acked());
    task = after(task, counted(0, Result.INCONCLUSIVE));
    assertEquals(State.CANCELLED, task.state());
    refused(task, acked());
  }

  @Test
  void aCancelWaitsForTheAgentUntilItsDeadline() {
    Task asked = after(fresh(3, 3), released(), acked(), started(), cancel());
    assertEquals(at(40), asked.deadline());
    ignored(asked, cancel());
    ignored(asked, new TaskFact.DeadlinePassed(at(39), at(99), at(41)));

    Task obeyed =
        after(asked, new TaskFact.Ended(1, "t1", "m1", State.CANCELLED, 1, false, null, at(6)));
    assertEquals(State.CANCELLED, after(obeyed, counted(1, Result.FAILED, "a")).state());

    Task disobeyed = after(asked, overdue(asked));
    assertEquals(State.CANCELLED, disobeyed.endState());
    assertEquals("machineDidNotObey", disobeyed.reason());
    refused(disobeyed, ended(1));

    Task lost = after(asked, new TaskFact.Lost(1, "machineLost", at(7)));
    assertEquals(State.CANCELLED, after(lost, counted(0, null)).state());
  }

  @Test
  void anEndThatCameBeforeTheCancelStaysAnEnd() {
    Task asked = after(fresh(3, 3), released(), acked(), started(), cancel());
    Task task = after(asked, ended(1), counted(1, Result.FAILED, "a"));
    assertEquals(State.FINISHED, task.state());
    assertEquals(Result.FAILED, task.result());
  }

  @Test
  void whatWasLostWithAMachineThatSleptSaysSo() {
    Task lost = after(fresh(0, 1), released(), acked(), new TaskFact.Lost(1, "machineLost", at(9)));
    TaskFact slept = new TaskFact.Suspended(1, "m1", at(99));
    assertEquals("suspended", after(lost, slept).reason());
    Task again = after(lost, counted(0, Result.INCONCLUSIVE), slept);
    assertEquals("suspended", again.attempts().get(0).reason());
    assertTrue(again.attempts().get(0).infra());
    ignored(again, slept);
    ignored(lost, new TaskFact.Suspended(1, "another", at(99)));
    ignored(lost, new TaskFact.Suspended(2, "m1", at(99)));
  }

  @Test
  void aPendingTimeoutEndsTheTaskAndItsReleasedAttempt() {
    Task waiting = after(fresh(1, 1), released());
    Task task = after(waiting, overdue(waiting));
    assertEquals(State.TIMEOUT, task.endState());
    assertEquals("pendingTimeout", task.reason());
    refused(task, acked());
    assertEquals(State.TIMEOUT, after(task, counted(0, Result.INCONCLUSIVE)).state());
  }

  @Test
  void whatBrokeAndWaitedForAnotherAttemptInVainIsNeverOk() {
    Task broken =
        after(
            fresh(0, 1),
            released(),
            acked(),
            started(),
            new TaskFact.Lost(1, "machineLost", at(4)));
    Task again = after(broken, counted(1, Result.OK));
    assertEquals(TaskPhase.WAITING, TaskPhase.of(again));
    Task waited = after(again, overdue(again), counted(1, Result.OK));
    assertEquals(State.TIMEOUT, waited.state());
    assertEquals(Result.INCONCLUSIVE, waited.result());
    Task offered = after(again, new TaskFact.Released("t2", "m2", at(5)));
    Task declined = after(offered, new TaskFact.Declined(2, "t2", "m2", "noSlot", at(6)));
    assertEquals(
        Result.INCONCLUSIVE, after(declined, overdue(declined), counted(1, Result.OK)).result());
    Task failed = after(again, overdue(again), counted(1, Result.FAILED, "a"));
    assertEquals(Result.FAILED, failed.result());
  }

  @Test
  void aRunningTimeoutTellsTheAgentFirstThenEndsWithoutIt() {
    Task task = after(fresh(1, 1), released(), acked(), started());
    task = after(task, overdue(task));
    assertEquals(TaskPhase.CANCELLING, TaskPhase.of(task));
    assertEquals("runningTimeout", task.reason());
    assertEquals(at(9_100), task.deadline());
    task = after(task, overdue(task));
    assertEquals(State.TIMEOUT, task.endState());
    assertEquals("machineDidNotObey", task.reason());
  }

  @Test
  void lostStatusesDoNotHoldUpCompletionForEver() {
    Task task = after(fresh(0, 0), released(), acked(), started(), ended(5), counted(3, Result.OK));
    assertEquals(TaskPhase.ENDED, TaskPhase.of(task));
    ignored(task, counted(3, Result.OK));
    task = after(task, overdue(task));
    assertEquals("statusesLost", task.reason());
    task = after(task, counted(3, Result.INCONCLUSIVE));
    assertEquals(State.FINISHED, task.state());
    assertEquals(new ResultCounts(3, 0, 0, 0, 0, 0), task.counts());
  }

  @Test
  void noStatusAtAllIsInconclusiveNeverNull() {
    Task task = after(fresh(0, 0), released(), acked(), started(), ended(0), counted(0, null));
    assertEquals(Result.INCONCLUSIVE, task.result());
  }

  @Test
  void aFloorHoldsTheResultDown() {
    Task task = TaskSamples.task(null, false, Result.FAILED, 0, 0);
    task = task.edit().end(State.FINISHED, false).reason("machineOffline").done();
    task =
        after(
            task,
            new TaskFact.Counted(
                0, 0, true, ResultCounts.NONE, Result.INCONCLUSIVE, Map.of(), at(1)));
    assertEquals(Result.FAILED, task.result());
    assertEquals(State.FINISHED, task.state());
    assertEquals(List.of(), task.attempts());
  }

  @Test
  void noTaskEndsWhileATestOfItHasNoStatus() {
    Task task = after(fresh(0, 0), released(), acked(), started(), ended(0));
    TaskFact gap =
        new TaskFact.Counted(
            1, 1, false, new ResultCounts(1, 0, 0, 0, 0, 0), Result.OK, Map.of(), at(9));
    assertEquals(TaskPhase.ENDED, TaskPhase.of(after(task, gap)));
  }

  private static void refused(Task task, TaskFact fact) {
    assertInstanceOf(TransitionOutcome.Refused.class, TaskStateMachine.apply(task, fact));
  }

  private static void ignored(Task task, TaskFact fact) {
    assertInstanceOf(TransitionOutcome.Ignored.class, TaskStateMachine.apply(task, fact));
  }
}
