package io.cta.server.dispatch.scheduling;

import io.cta.bus.MachineChanged;
import io.cta.domain.Configuration;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.ExecutionTimeouts;
import io.cta.domain.Health;
import io.cta.domain.IdGenerator;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import io.cta.domain.OfflinePolicy;
import io.cta.domain.ResultCounts;
import io.cta.domain.RunMode;
import io.cta.domain.Scenario;
import io.cta.domain.Stage;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.Test;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Machines and executions for tests. */
public final class SchedulingFixtures {
  /** What the ticker says at that time; just before it overflows. */
  public static final long NANOS = Long.MAX_VALUE - 1;

  public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private SchedulingFixtures() {}

  /** An active machine, online or not, with one label {@code lab}. */
  public static Machine machine(String name, boolean online, int slots) {
    return machine(name, online, slots, Health.ACTIVE, 0);
  }

  static Machine machine(String name, boolean online, int slots, Health health, int failures) {
    return new Machine(
        "id-" + name,
        name,
        name + ".example",
        "192.0.2.1",
        Map.of("team", List.of("blue", "green")),
        Map.of("platform", List.of("linux"), "jdk", List.of("17", "21")),
        List.of("lab"),
        List.of("all"),
        slots,
        online ? MachinePresence.ONLINE : MachinePresence.OFFLINE,
        health,
        null,
        failures,
        0,
        null,
        "1",
        NOW,
        NOW,
        NOW,
        null,
        null,
        null,
        null);
  }

  /** One that is online and takes nothing, for the reason that its agent gives. */
  static Machine troubled(String name, String why) {
    JsonObject machine = JsonMapping.toObject(machine(name, true, 1)).put("trouble", why);
    return JsonMapping.fromObject(machine, Machine.class);
  }

  /** One of which nothing but its name is known. */
  static Machine bare(String name) {
    return new Machine(
        "id-" + name,
        name,
        null,
        null,
        null,
        null,
        null,
        null,
        1,
        null,
        null,
        null,
        0,
        0,
        null,
        "1",
        NOW,
        NOW,
        NOW,
        null,
        null,
        null,
        null);
  }

  static MachineChanged changed(Machine machine) {
    return new MachineChanged(machine, 0, 0, 1_000, false);
  }

  static SchedulingState board(Machine... machines) {
    MachineFleet fleet = new MachineFleet();
    for (Machine machine : machines) {
      fleet.changed(changed(machine));
    }
    return new SchedulingState(fleet, () -> NANOS);
  }

  public static ExecutionBuilder request(RunMode mode) {
    return new ExecutionBuilder(mode);
  }

  /** Puts an execution and its tasks on the board, as planning does. */
  static ExecutionEntry on(SchedulingState schedulingState, Execution execution) {
    ExecutionEntry executionEntry = schedulingState.open(execution);
    Collection<Machine> matching =
        executionEntry.pool.members.values().stream().map(m -> m.machine).toList();
    ExecutionPlanner.plan(execution, matching, matching, TestHistory.NONE, NOW)
        .forEach(schedulingState::put);
    executionEntry.complete = true;
    return executionEntry;
  }

  /** The tasks that a pass releases, as {@code executionId-ordinal>machine}. */
  static List<String> pass(SchedulingState schedulingState, int limit) {
    List<String> out = new ArrayList<>();
    for (TaskScheduler.Release r : TaskScheduler.decide(schedulingState, NANOS, limit)) {
      Task task = r.ticket().task;
      out.add(task.id() + ">" + r.machine().name());
    }
    return out;
  }

  /** The execution as the API leaves it when somebody cancels it. */
  public static Execution cancelled(Execution e, Instant at) {
    return new Execution(
        e.id(),
        e.scenarioId(),
        e.scenarioName(),
        e.snapshot(),
        e.mode(),
        e.group(),
        e.priority(),
        e.state(),
        e.result(),
        e.reason(),
        e.waitReason(),
        e.requestedBy(),
        e.requestedAt(),
        e.startedAt(),
        e.finishedAt(),
        e.deadline(),
        e.planned(),
        e.taskCount(),
        e.tasksDone(),
        e.counts(),
        e.rerunOf(),
        at,
        "tester",
        e.pinned());
  }

  /** What is asked of CTA, with the defaults of a test. */
  public static final class ExecutionBuilder {
    private final RunMode mode;
    private String id = IdGenerator.next();
    private String group = "team";
    private int priority;
    private int tests = 1;
    private int minimum = 1;
    private int maxParallel;
    private int infraRetries = 2;
    private OfflinePolicy offline = OfflinePolicy.WAIT;
    private List<String> machines = List.of();
    private Map<String, List<String>> match = Map.of();
    private Duration pending = Duration.ofHours(1);
    private Duration running = Duration.ofHours(2);
    private Instant at = NOW;

    private ExecutionBuilder(RunMode mode) {
      this.mode = mode;
    }

    public ExecutionBuilder id(String value) {
      id = value;
      return this;
    }

    public ExecutionBuilder group(String value) {
      group = value;
      return this;
    }

    public ExecutionBuilder priority(int value) {
      priority = value;
      return this;
    }

    public ExecutionBuilder tests(int value) {
      tests = value;
      return this;
    }

    public ExecutionBuilder minimum(int value) {
      minimum = value;
      return this;
    }

    public ExecutionBuilder maxParallel(int value) {
      maxParallel = value;
      return this;
    }

    public ExecutionBuilder infraRetries(int value) {
      infraRetries = value;
      return this;
    }

    public ExecutionBuilder offline(OfflinePolicy value) {
      offline = value;
      return this;
    }

    public ExecutionBuilder machines(String... value) {
      machines = List.of(value);
      return this;
    }

    public ExecutionBuilder match(String key, String... values) {
      match = Map.of(key, List.of(values));
      return this;
    }

    public ExecutionBuilder timeouts(Duration newPending, Duration newRunning) {
      pending = newPending;
      running = newRunning;
      return this;
    }

    public ExecutionBuilder at(Instant value) {
      at = value;
      return this;
    }

    /** The configuration alone. */
    public Configuration configuration() {
      return new Configuration(
          "c",
          "configuration",
          null,
          mode,
          machines,
          List.of(),
          List.of(),
          match,
          minimum,
          maxParallel,
          offline,
          at,
          at);
    }

    public Execution execution() {
      Scenario scenario =
          new Scenario(
              "s",
              "scenario",
              null,
              "suite",
              "configuration",
              new ExecutionTimeouts(pending, running),
              0,
              infraRetries,
              priority,
              null,
              group,
              null,
              null,
              at,
              at);
      List<Test> all = new ArrayList<>();
      for (int i = 0; i < tests; i++) {
        Stage stage = new Stage("run", "true", null, null, null, null, null, true, false);
        all.add(
            new Test("t" + i, "t" + i, null, true, List.of(stage), null, null, null, null, false));
      }
      ExecutionSnapshot snapshot =
          new ExecutionSnapshot(scenario, configuration(), "suite", List.of(), List.of(), all);
      return new Execution(
          id,
          "s",
          "scenario",
          snapshot,
          mode,
          group,
          priority,
          State.PENDING,
          null,
          null,
          null,
          "tester",
          at,
          null,
          null,
          null,
          false,
          0,
          0,
          ResultCounts.NONE,
          null,
          null,
          null,
          false);
    }
  }
}
