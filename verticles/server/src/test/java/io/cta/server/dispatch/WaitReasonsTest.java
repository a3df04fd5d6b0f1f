package io.cta.server.dispatch;

import static io.cta.domain.RunMode.GROUP;
import static io.cta.domain.RunMode.MONO;
import static io.cta.domain.RunMode.PARALLEL;
import static io.cta.domain.RunMode.STRESS;
import static io.cta.server.dispatch.Given.machine;
import static io.cta.server.dispatch.Given.on;
import static io.cta.server.dispatch.Given.pass;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class WaitReasonsTest {
  @Test
  void offlineMachinesAreNamed() {
    assertEquals(
        "no matching machine is online (offline: a, b)",
        reason(Given.request(MONO), machine("a", false, 1), machine("b", false, 1)));
    assertEquals(
        "the matching machine a is offline", reason(Given.request(MONO), machine("a", false, 1)));
  }

  @Test
  void manyMachinesAreNotAllNamed() {
    Machine[] machines = new Machine[8];
    for (int i = 0; i < machines.length; i++) {
      machines[i] = machine("m" + i, false, 1);
    }
    assertEquals(
        "no matching machine is online (offline: m0, m1, m2, m3, m4, 3 more)",
        reason(Given.request(MONO), machines));
  }

  @Test
  void unwillingMachinesAreToldFromOfflineOnes() {
    assertEquals(
        "no matching machine takes tasks: a is draining, b is in maintenance, c is quarantined"
            + " (offline: d)",
        reason(
            Given.request(GROUP),
            machine("a", true, 1, Health.DRAINING, 0),
            machine("b", true, 1, Health.MAINTENANCE, 0),
            machine("c", true, 1, Health.QUARANTINED, 0),
            machine("d", false, 1)));
  }

  @Test
  void theAgentsOwnReasonIsSaid() {
    assertEquals(
        "no matching machine takes tasks: a takes none (disk low: 4 MB free)",
        reason(Given.request(GROUP), Given.troubled("a", "disk low: 4 MB free")));
  }

  @Test
  void busyMachinesAreCounted() {
    Board board = Given.board(machine("a", true, 1), machine("b", true, 1));
    on(board, Given.request(PARALLEL).id("A").tests(2).execution());
    pass(board, 10);
    on(board, Given.request(MONO).id("B").execution());
    assertEquals("all 2 matching machines are busy", of(board, "B-0"));
  }

  @Test
  void higherPriorityIsSaid() {
    Board board = Given.board(machine("a", true, 1));
    on(board, Given.request(MONO).id("A").execution());
    pass(board, 10);
    on(board, Given.request(MONO).id("B").execution());
    on(board, Given.request(MONO).id("C").priority(3).execution());
    assertEquals(
        "the matching machine a is busy; ahead of it: 1 execution of higher priority",
        of(board, "B-0"));
    assertEquals("the matching machine a is busy", of(board, "C-0"));
  }

  @Test
  void theLimitOfTheConfigurationIsSaid() {
    Board board = Given.board(machine("a", true, 1), machine("b", true, 1));
    on(board, Given.request(PARALLEL).id("A").tests(3).maxParallel(1).execution());
    pass(board, 10);
    assertEquals(
        "as many machines as its configuration allows are at work for it (maxParallel 1)",
        of(board, "A-2"));
  }

  @Test
  void theMinimumIsSaid() {
    assertEquals(
        "2 matching machines must be online to begin, 1 of 2 are (offline: b)",
        reason(Given.request(PARALLEL).minimum(2), machine("a", true, 1), machine("b", false, 1)));
  }

  @Test
  void aBoundTaskSpeaksOfItsMachineOnly() {
    Board board = Given.board(machine("a", true, 1), machine("b", false, 1));
    on(board, Given.request(STRESS).id("A").execution());
    pass(board, 10);
    assertEquals("the matching machine b is offline", of(board, "A-1"));
  }

  @Test
  void aMachineThatDoesNotAnswerIsNamed() {
    Board board = Given.board(machine("a", true, 1));
    on(board, Given.request(MONO).id("A").execution());
    board.put(board.ticket("A-0").task.edit().machineId("id-a").releasedAt(Given.NOW).done());
    assertEquals("machine a was sent it and has not answered yet", of(board, "A-0"));
    board.fleet.changed(Given.changed(machine("a", false, 1)));
    assertEquals("machine a, which was sent it, is offline", of(board, "A-0"));
  }

  private static String reason(Given.Request request, Machine... machines) {
    Board board = Given.board(machines);
    on(board, request.id("A").execution());
    return of(board, "A-0");
  }

  private static String of(Board board, String taskId) {
    return new WaitReasons(board, Given.NANOS).of(board.ticket(taskId));
  }
}
