package io.cta.server.dispatch.scheduling;

import io.cta.domain.AskedExecution;
import io.cta.domain.Configuration;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import io.cta.domain.OfflinePolicy;
import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.domain.Task;
import io.cta.domain.Test;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Cuts an execution into tasks; into one task that has already ended when it cannot begin.
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
   * @param fleet what all machines have
   */
  public static List<Task> plan(
      AskedExecution execution,
      MatchingMachines matching,
      MachineTraitIndex fleet,
      TestHistory history,
      Instant now) {
    Configuration c = execution.snapshot().configuration();
    TaskFactory draft = new TaskFactory(execution, now);
    List<String> tests = execution.snapshot().tests().stream().map(Test::id).toList();
    int online = matching.online();
    boolean someMissing =
        c.mode() == RunMode.STRESS
            ? online < matching.size()
            : online < c.minimum() && online < matching.size();
    if (tests.isEmpty()) {
      return List.of(draft.ended(tests, NO_TESTS, null));
    }
    if (matching.size() == 0) {
      return nobody(execution, draft, tests, fleet, history);
    }
    if (c.offline() == OfflinePolicy.FAIL && someMissing) {
      return List.of(draft.ended(tests, MACHINE_OFFLINE, Result.FAILED));
    }
    if (c.offline() == OfflinePolicy.SKIP && online == 0) {
      return List.of(draft.ended(tests, MACHINE_OFFLINE, null));
    }
    boolean waits = c.offline() == OfflinePolicy.WAIT;
    if ((waits ? matching.size() : online) < c.minimum()) {
      return List.of(draft.ended(tests, MINIMUM_NOT_MET, null));
    }
    Supplier<Stream<Machine>> counted =
        () -> matching.all().stream().filter(m -> waits || online(m));
    return tasks(execution, draft, tests, counted, history);
  }

  private static List<Task> nobody(
      AskedExecution execution,
      TaskFactory draft,
      List<String> tests,
      MachineTraitIndex fleet,
      TestHistory history) {
    Configuration c = execution.snapshot().configuration();
    if (c.offline() != OfflinePolicy.WAIT) {
      String reason = NO_MATCHING_MACHINE + ": " + UnmetCriteria.of(MachineCriteria.of(c), fleet);
      return List.of(draft.ended(tests, reason, null));
    }
    return execution.execution().mode() == RunMode.STRESS
        ? List.of(draft.task(0, tests, null)) // the first machine that comes takes it
        : tasks(execution, draft, tests, Stream::empty, history);
  }

  private static List<Task> tasks(
      AskedExecution execution,
      TaskFactory draft,
      List<String> tests,
      Supplier<Stream<Machine>> machines,
      TestHistory history) {
    List<Task> out = new ArrayList<>();
    switch (execution.execution().mode()) {
      case MONO, GROUP -> out.add(draft.task(0, tests, null));
      case STRESS ->
          machines
              .get()
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
