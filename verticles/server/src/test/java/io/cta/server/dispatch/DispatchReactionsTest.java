package io.cta.server.dispatch;

import static io.cta.server.dispatch.scheduling.SchedulingFixtures.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.DispatchRequest;
import io.cta.bus.MachineChanged;
import io.cta.domain.AskedExecution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.TaskBuilder;
import io.cta.server.dispatch.scheduling.ExecutionEntry;
import io.cta.server.dispatch.scheduling.MachineFeedback;
import io.cta.server.dispatch.scheduling.MachineFleet;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.dispatch.scheduling.TaskFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class DispatchReactionsTest {
  private static final String ID = "E";
  private static final AskedExecution ASKED =
      SchedulingFixtures.request(RunMode.MONO).id(ID).asked();

  private final SchedulingState state = new SchedulingState(new MachineFleet(), () -> 0);
  private final List<Task> active = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final DispatchReactions reactions =
      new DispatchReactions(
          state,
          new MachineFeedback(state.fleet, () -> 0),
          executionId -> active,
          machineId -> active,
          recorded());

  @ParameterizedTest(name = "ready {0}, execution {1}, task {2}: {3}")
  @CsvSource({
    "true,  unknown,    PENDING,  load",
    "true,  unknown,    FINISHED, ''",
    "false, unknown,    PENDING,  ''",
    "true,  complete,   PENDING,  release",
    "false, complete,   PENDING,  release",
    "true,  complete,   FINISHED, drop planMore release",
    "true,  incomplete, FINISHED, planMore release",
    "true,  other task, FINISHED, planMore release",
  })
  void aTaskChanges(boolean ready, String execution, State now, String expected) {
    open(execution);
    begin(ready);
    reactions.taskChanged(null, task(0, now));
    assertEquals(expected, String.join(" ", done));
    assertEquals(!expected.contains("drop"), execution.equals("unknown") || known() != null);
  }

  @ParameterizedTest(name = "ready {0}, from {1} to {2}: {3}")
  @CsvSource({
    "true,  unknown, online,  resend repeatCancel release",
    "true,  offline, online,  resend repeatCancel release",
    "true,  online,  online,  ''",
    "true,  online,  offline, takeBack release",
    "true,  offline, offline, ''",
    "true,  unknown, offline, release",
    "false, offline, online,  release",
    "false, online,  offline, release",
  })
  void aMachineChanges(boolean ready, String before, String now, String expected) {
    active.add(task(0, State.PENDING));
    active.add(cancelling(1));
    if (!before.equals("unknown")) {
      reactions.machineChanged(machine(before));
    }
    begin(ready);
    reactions.machineChanged(machine(now));
    assertEquals(expected, String.join(" ", done));
  }

  @ParameterizedTest(name = "planned {0}, {1}: {2}")
  @CsvSource({
    "true,  unknown,  plan cancelTasks",
    "true,  complete, plan cancelTasks",
    "true,  stopped,  ''",
    "false, unknown,  ''",
  })
  void theStoreSaysThatAnExecutionIsToEnd(boolean planned, String execution, String expected) {
    open(execution);
    reactions.endWanted(ExecutionBuilder.builder(ASKED.execution()).planned(planned).build());
    assertEquals(expected, String.join(" ", done));
  }

  @Test
  void anExecutionThatIsCancelledWhileItIsPlannedIsCancelledOnceItHasItsTasks() {
    reactions.stop(ID);
    ExecutionEntry entry = state.open(ASKED);
    entry.complete = true;
    active.add(task(0, State.PENDING));
    done.clear();
    reactions.executionPlanned(SchedulingFixtures.cancelled(ASKED.execution(), NOW));
    assertEquals(List.of("release", "plan", "cancelTasks"), done);
    assertTrue(entry.stopped);
    assertEquals(1, entry.tasks.size());
  }

  @Test
  void anExecutionWhoseTasksEndedWhileItWasPlannedIsClosed() {
    state.open(ASKED).complete = true;
    reactions.executionPlanned(ASKED.execution());
    assertEquals(List.of("release", "drop"), done);
    assertNull(known());
  }

  @Test
  void anExecutionThatAnotherNodePlannedComesWithTheTasksThatCameBeforeIt() {
    active.add(task(0, State.PENDING));
    reactions.executionLoaded(ASKED);
    assertEquals(1, known().tasks.size());
    assertTrue(known().complete);
    assertEquals(List.of("release"), done);
  }

  @Test
  void executionsThatWereOverBeforeTheStartAreClosedOnce() {
    open("complete");
    reactions.begin();
    reactions.begin();
    assertEquals(List.of("drop"), done);
  }

  @Test
  void anExecutionThatEndedWhileItWasStoredIsClosed() {
    ExecutionEntry entry = state.open(ASKED);
    entry.complete = true;
    reactions.started(entry);
    assertEquals(List.of("release", "drop"), done);
  }

  @ParameterizedTest(name = "cancel {0}: {1}")
  @CsvSource({"false, plan", "true, plan cancelTasks"})
  void anotherNodeCalls(boolean cancel, String expected) {
    reactions.called(new DispatchRequest(ID, cancel));
    assertEquals(expected, String.join(" ", done));
  }

  private void open(String execution) {
    if (execution.equals("unknown")) {
      return;
    }
    ExecutionEntry entry = state.open(ASKED);
    entry.complete = !execution.equals("incomplete");
    entry.stopped = execution.equals("stopped");
    if (execution.equals("other task")) {
      assertTrue(state.put(task(1, State.PENDING)));
    }
  }

  /** Opened executions without tasks would be closed by the start: that is a test of its own. */
  private void begin(boolean ready) {
    ExecutionEntry entry = known();
    boolean complete = entry != null && entry.complete;
    if (complete) {
      entry.complete = false;
    }
    if (ready) {
      reactions.begin();
    }
    if (complete) {
      assertNotNull(known());
      entry.complete = true;
    }
    done.clear();
  }

  private ExecutionEntry known() {
    return state.execution(ID);
  }

  private static Task task(int ordinal, State state) {
    Task made = new TaskFactory(ASKED, NOW).task(ordinal, List.of("t0"), null);
    return TaskBuilder.builder(made).state(state).build();
  }

  private static Task cancelling(int ordinal) {
    return TaskBuilder.builder(task(ordinal, State.RUNNING))
        .machineId("id-m")
        .cancelRequestedAt(NOW)
        .build();
  }

  private static MachineChanged machine(String presence) {
    return new MachineChanged(
        SchedulingFixtures.machine("m", presence.equals("online"), 1), 1, 0, 1_000, false);
  }

  /** Notes the name of each action. */
  private DispatchActions recorded() {
    return (DispatchActions)
        Proxy.newProxyInstance(
            DispatchActions.class.getClassLoader(),
            new Class<?>[] {DispatchActions.class},
            (proxy, method, args) -> {
              done.add(method.getName());
              return null;
            });
  }
}
