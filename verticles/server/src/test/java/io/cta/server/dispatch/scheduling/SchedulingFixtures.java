package io.cta.server.dispatch.scheduling;

import io.cta.bus.MachineChanged;
import io.cta.domain.AskedExecution;
import io.cta.domain.Configuration;
import io.cta.domain.ConfigurationBuilder;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.ExecutionTimeouts;
import io.cta.domain.Health;
import io.cta.domain.IdGenerator;
import io.cta.domain.Machine;
import io.cta.domain.MachineBuilder;
import io.cta.domain.MachinePresence;
import io.cta.domain.OfflinePolicy;
import io.cta.domain.ResultCounts;
import io.cta.domain.RunMode;
import io.cta.domain.Scenario;
import io.cta.domain.ScenarioBuilder;
import io.cta.domain.Stage;
import io.cta.domain.StageBuilder;
import io.cta.domain.StageScript;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.Test;
import io.cta.domain.TestBuilder;
import io.cta.domain.TimeLimit;
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
    return MachineBuilder.builder()
        .id("id-" + name)
        .name(name)
        .hostname(name + ".example")
        .ip("192.0.2.1")
        .properties(Map.of("team", List.of("blue", "green")))
        .facts(Map.of("platform", List.of("linux"), "jdk", List.of("17", "21")))
        .labels(List.of("lab"))
        .groups(List.of("all"))
        .slots(slots)
        .presence(online ? MachinePresence.ONLINE : MachinePresence.OFFLINE)
        .health(health)
        .failuresInRow(failures)
        .agentVersion("1")
        .lastSeenAt(NOW)
        .createdAt(NOW)
        .updatedAt(NOW)
        .build();
  }

  /** One that is online and takes nothing, for the reason that its agent gives. */
  static Machine troubled(String name, String why) {
    JsonObject machine = JsonMapping.toObject(machine(name, true, 1)).put("trouble", why);
    return JsonMapping.fromObject(machine, Machine.class);
  }

  /** One of which nothing but its name is known. */
  static Machine bare(String name) {
    return MachineBuilder.builder()
        .id("id-" + name)
        .name(name)
        .slots(1)
        .agentVersion("1")
        .lastSeenAt(NOW)
        .createdAt(NOW)
        .updatedAt(NOW)
        .build();
  }

  static MachineChanged changed(Machine machine) {
    return new MachineChanged(machine, 0, 0, 1_000, false);
  }

  static SchedulingState state(Machine... machines) {
    MachineFleet fleet = new MachineFleet();
    for (Machine machine : machines) {
      fleet.changed(changed(machine));
    }
    return new SchedulingState(fleet, () -> NANOS);
  }

  /** What these machines have. */
  static MachineTraitIndex traits(Collection<Machine> machines) {
    MachineTraitIndex traits = new MachineTraitIndex();
    machines.forEach(machine -> traits.put(null, machine));
    return traits;
  }

  public static ExecutionRequest request(RunMode mode) {
    return new ExecutionRequest(mode);
  }

  /** The tasks of an execution on these machines. */
  static List<Task> plan(AskedExecution asked, Collection<Machine> matching) {
    return ExecutionPlanner.plan(
        asked, MatchingMachines.of(matching), traits(matching), TestHistory.NONE, NOW);
  }

  /** Adds an execution and its tasks, as planning does. */
  static ExecutionEntry on(SchedulingState schedulingState, AskedExecution asked) {
    ExecutionEntry executionEntry = schedulingState.open(asked);
    ExecutionPlanner.plan(
            asked, executionEntry.pool, schedulingState.fleet.traits(), TestHistory.NONE, NOW)
        .forEach(schedulingState::put);
    executionEntry.complete = true;
    return executionEntry;
  }

  /** The tasks that a pass releases, as {@code executionId-ordinal>machine}. */
  static List<String> pass(SchedulingState schedulingState, int limit) {
    List<String> out = new ArrayList<>();
    for (TaskScheduler.Release r : TaskScheduler.decide(schedulingState, NANOS, limit)) {
      Task task = r.entry().task;
      out.add(task.id() + ">" + r.machine().name());
    }
    return out;
  }

  /** The execution as the API leaves it when somebody cancels it. */
  public static Execution cancelled(Execution e, Instant at) {
    return ExecutionBuilder.builder(e).cancelRequestedAt(at).cancelledBy("tester").build();
  }

  /** What is asked of CTA, with the defaults of a test. */
  public static final class ExecutionRequest {
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

    private ExecutionRequest(RunMode mode) {
      this.mode = mode;
    }

    public ExecutionRequest id(String value) {
      id = value;
      return this;
    }

    public ExecutionRequest group(String value) {
      group = value;
      return this;
    }

    public ExecutionRequest priority(int value) {
      priority = value;
      return this;
    }

    public ExecutionRequest tests(int value) {
      tests = value;
      return this;
    }

    public ExecutionRequest minimum(int value) {
      minimum = value;
      return this;
    }

    public ExecutionRequest maxParallel(int value) {
      maxParallel = value;
      return this;
    }

    public ExecutionRequest infraRetries(int value) {
      infraRetries = value;
      return this;
    }

    public ExecutionRequest offline(OfflinePolicy value) {
      offline = value;
      return this;
    }

    public ExecutionRequest machines(String... value) {
      machines = List.of(value);
      return this;
    }

    public ExecutionRequest match(String key, String... values) {
      match = Map.of(key, List.of(values));
      return this;
    }

    public ExecutionRequest timeouts(Duration newPending, Duration newRunning) {
      pending = newPending;
      running = newRunning;
      return this;
    }

    public ExecutionRequest at(Instant value) {
      at = value;
      return this;
    }

    /** The configuration alone. */
    public Configuration configuration() {
      return ConfigurationBuilder.builder()
          .id("c")
          .name("configuration")
          .mode(mode)
          .machines(machines)
          .groups(List.of())
          .labels(List.of())
          .match(match)
          .minimum(minimum)
          .maxParallel(maxParallel)
          .offline(offline)
          .createdAt(at)
          .updatedAt(at)
          .build();
    }

    public Execution execution() {
      return asked().execution();
    }

    public AskedExecution asked() {
      Scenario scenario =
          ScenarioBuilder.builder()
              .id("s")
              .name("scenario")
              .suite("suite")
              .configuration("configuration")
              .timeouts(new ExecutionTimeouts(TimeLimit.of(pending), TimeLimit.of(running)))
              .infraRetries(infraRetries)
              .priority(priority)
              .group(group)
              .createdAt(at)
              .updatedAt(at)
              .build();
      List<Test> all = new ArrayList<>();
      for (int i = 0; i < tests; i++) {
        Stage stage =
            StageBuilder.builder().name("run").run(StageScript.of("true")).mandatory(true).build();
        all.add(
            TestBuilder.builder()
                .id("t" + i)
                .name("t" + i)
                .enabled(true)
                .stages(List.of(stage))
                .build());
      }
      ExecutionSnapshot snapshot =
          new ExecutionSnapshot(
              scenario, configuration(), "suite", List.of(), List.of(), all, Map.of());
      Execution execution =
          ExecutionBuilder.builder()
              .id(id)
              .scenarioId("s")
              .scenarioName("scenario")
              .mode(mode)
              .group(group)
              .priority(priority)
              .state(State.PENDING)
              .requestedBy("tester")
              .requestedAt(at)
              .running(running)
              .counts(ResultCounts.NONE)
              .build();
      return new AskedExecution(execution, new ExecutionSpec(id, snapshot, "tester", at, null));
    }
  }
}
