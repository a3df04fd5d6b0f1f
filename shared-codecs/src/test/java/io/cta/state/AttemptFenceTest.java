package io.cta.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.AttemptRef;
import io.cta.domain.Task;
import io.cta.state.AttemptFence.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which attempt, release and machine count, against what the task has. */
class AttemptFenceTest {
  @ParameterizedTest
  @CsvSource({
    // the task's attempt, token and machine; what the agent says
    "2, k2, m1, 2, k2, m1, CURRENT",
    "2, k2,   , 2, k2, m1, CURRENT",
    "2, k2,   , 2, k2,   , CURRENT",
    "2, k2, m1, 1, k1, m1, OTHER_ATTEMPT",
    "2, k2, m1, 3, k2, m1, OTHER_ATTEMPT",
    "2,   ,   , 1, k1, m1, OTHER_ATTEMPT",
    "2, k2, m1, 2, k1, m1, OTHER_RELEASE",
    "2, k2, m1, 2,   , m1, OTHER_RELEASE",
    "2,   , m1, 2, k2, m1, OTHER_RELEASE",
    "2,   , m1, 2,   , m1, OTHER_RELEASE",
    "2, k2, m1, 2, k2, m2, OTHER_MACHINE",
    "2, k2, m1, 2, k2,   , OTHER_MACHINE",
  })
  void onlyTheCurrentAttemptOfTheRightMachineCounts(
      int attempt,
      String token,
      String machine,
      int saidAttempt,
      String saidToken,
      String saidMachine,
      Verdict verdict) {
    Task task = TaskSamples.fresh(0, 0).edit().attempt(attempt, token).machineId(machine).done();
    AttemptRef said = new AttemptRef(task.id(), saidAttempt, saidToken);
    assertEquals(verdict, AttemptFence.judge(task, said, saidMachine));
    assertEquals(verdict == Verdict.CURRENT, AttemptFence.isCurrent(task, said, saidMachine));
  }

  @Test
  void anAttemptIsTakenAwayOnceItHasEndedWithoutItsAgent() {
    for (TaskPhase phase : TaskPhase.values()) {
      Task task = TaskSamples.in(phase);
      assertEquals(false, AttemptFence.isTakenAway(task), phase.name());
      assertEquals(
          phase == TaskPhase.ENDED,
          AttemptFence.isTakenAway(task.edit().attempt(task.attempt(), null).done()),
          phase.name());
    }
  }
}
