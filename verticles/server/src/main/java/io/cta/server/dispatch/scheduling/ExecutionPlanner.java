package io.cta.server.dispatch.scheduling;

import io.cta.domain.Configuration;
import io.cta.domain.Execution;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import io.cta.domain.OfflinePolicy;
import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.domain.Task;
import io.cta.domain.Test;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts an execution into tasks, or into one that has already ended when it cannot begin.
 *
 * <p>When no machine matches at all, {@code wait} waits for the first that does, and {@code skip}
 * and {@code fail} end at once. Offline machines matter to {@code skip} and {@code fail} as far as
 * the run mode needs them: stress needs every matching machine, the other modes as many as the
 * configuration's minimum.
 */
public final class ExecutionPlanner {
  static final String NO_MATCHING_MACHINE = "noMatchingMachine";
  public static final String MACHINE_OFFLINE = "machineOffline";
  static final String MINIMUM_NOT_MET = "minimumNotMet";
  static final String NO_TESTS = "noTests";

  private ExecutionPlanner() {}

  /**
   * @param matching the machines that match its configuration, online or not
   * @param fleet all machines there are
   */
  public static List<Task> plan(
      Execution execution,
      Collection<Machine> matching,
      Collection<Machine> fleet,
      TestHistory history,
      Instant now) {
    Configuration c = execution.snapshot().configuration();
    TaskFactory draft = new TaskFactory(execution, now);
    List<String> tests = execution.snapshot().tests().stream().map(Test::id).toList();
    List<Machine> online = matching.stream().filter(ExecutionPlanner::online).toList();
    boolean someMissing =
        c.mode() == RunMode.STRESS
            ? online.size() < matching.size()
            : online.size() < c.minimum() && online.size() < matching.size();
    if (tests.isEmpty()) {
      return List.of(draft.ended(tests, NO_TESTS, null));
    }
    if (matching.isEmpty()) {
      return nobody(execution, draft, tests, fleet, history);
    }
    if (c.offline() == OfflinePolicy.FAIL && someMissing) {
      return List.of(draft.ended(tests, MACHINE_OFFLINE, Result.FAILED));
    }
    if (c.offline() == OfflinePolicy.SKIP && online.isEmpty()) {
      return List.of(draft.ended(tests, MACHINE_OFFLINE, null));
    }
    Collection<Machine> counted = c.offline() == OfflinePolicy.WAIT ? matching : online;
    if (counted.size() < c.minimum()) {
      return List.of(draft.ended(tests, MINIMUM_NOT_MET, null));
    }
    return tasks(execution, draft, tests, counted, history);
  }

  private static List<Task> nobody(
      Execution execution,
      TaskFactory draft,
      List<String> tests,
      Collection<Machine> fleet,
      TestHistory history) {
    Configuration c = execution.snapshot().configuration();
    if (c.offline() != OfflinePolicy.WAIT) {
      String reason = NO_MATCHING_MACHINE + ": " + UnmetCriteria.of(MachineCriteria.of(c), fleet);
      return List.of(draft.ended(tests, reason, null));
    }
    return execution.mode() == RunMode.STRESS
        ? List.of(draft.task(0, tests, null)) // the first that comes takes it
        : tasks(execution, draft, tests, List.of(), history);
  }

  private static List<Task> tasks(
      Execution execution,
      TaskFactory draft,
      List<String> tests,
      Collection<Machine> machines,
      TestHistory history) {
    List<Task> out = new ArrayList<>();
    switch (execution.mode()) {
      case MONO, GROUP -> out.add(draft.task(0, tests, null));
      case STRESS ->
          machines.stream()
              .sorted(Comparator.comparing(Machine::name))
              .forEach(m -> out.add(draft.task(out.size(), tests, m.id())));
      case PARALLEL ->
          tests.stream()
              .sorted(history.order())
              .forEach(test -> out.add(draft.task(out.size(), List.of(test), null)));
    }
    return out;
  }

  private static boolean online(Machine m) {
    return m.presence() == MachinePresence.ONLINE;
  }
}
