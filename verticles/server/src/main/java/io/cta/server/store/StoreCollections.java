package io.cta.server.store;

import static io.cta.server.store.CollectionSpec.Type.BOOLEAN;
import static io.cta.server.store.CollectionSpec.Type.NUMBER;
import static io.cta.server.store.CollectionSpec.Type.TEXT;
import static io.cta.server.store.CollectionSpec.Type.TEXTS;

import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Index;
import io.cta.server.store.CollectionSpec.Type;
import java.util.List;
import java.util.Set;

/** The collections of CTA and what is asked of each. */
public final class StoreCollections {
  public static final CollectionSpec USERS = named("users", text("role"), f("groups", TEXTS));
  public static final CollectionSpec GROUPS = named("groups");
  public static final CollectionSpec MACHINES =
      named("machines", text("presence"), text("health"), f("labels", TEXTS), f("groups", TEXTS));
  public static final CollectionSpec TESTS = named("tests");
  public static final CollectionSpec CONFIGURATIONS = named("configurations", text("mode"));
  public static final CollectionSpec TESTSUITES = named("testsuites");
  public static final CollectionSpec SCENARIOS =
      named("scenarios", text("suite"), text("configuration"), text("group"));
  public static final CollectionSpec SECRETS = named("secrets", text("group"), text("scenario"));
  public static final CollectionSpec SCHEDULES =
      named("schedules", text("scenario"), f("enabled", BOOLEAN), text("nextAt"));
  public static final CollectionSpec EXECUTIONS =
      new CollectionSpec(
          "executions",
          List.of(
              text("scenarioId"),
              text("scenarioName"),
              text("state"),
              sparse("result"),
              sparse("group"),
              narrow("requestedBy", TEXT),
              text("requestedAt"),
              sparse("finishedAt"),
              narrow("pinned", BOOLEAN),
              sparse("source.branch"),
              sparse("source.commit"),
              sparse("source.changeRequest"),
              sparse("deadline"),
              sparse("afterDue"),
              sparse("reportDue"),
              sparse("chain.root")),
          List.of(),
          List.of(List.of("scenarioId", "id"), List.of("state", "id")));

  /** What was asked of each execution, by the execution's id. */
  public static final CollectionSpec EXECUTION_SPECS =
      new CollectionSpec("executionSpecs", List.of(), List.of(), List.of());

  public static final CollectionSpec TASKS =
      new CollectionSpec(
          "tasks",
          List.of(
              owner("executionId"),
              narrow("machineId", TEXT),
              text("state"),
              sparse("deadline"),
              narrow("finishedAt", TEXT)),
          List.of(),
          List.of());
  public static final CollectionSpec STATUSES =
      new CollectionSpec(
          "statuses",
          List.of(
              owner("executionId"),
              owner("taskId"),
              narrow("attempt", NUMBER),
              narrow("testId", TEXT),
              narrow("name", TEXT),
              narrow("result", TEXT),
              narrow("skipped", BOOLEAN),
              narrow("machineId", TEXT)),
          List.of(),
          List.of());
  public static final CollectionSpec LOGS =
      new CollectionSpec(
          "logs",
          List.of(
              owner("executionId"),
              owner("taskId"),
              narrow("testId", TEXT),
              narrow("attempt", NUMBER),
              narrow("offset", NUMBER)),
          List.of(),
          List.of(List.of("taskId", "attempt", "offset")));
  public static final CollectionSpec ARTIFACTS =
      new CollectionSpec(
          "artifacts",
          List.of(
              owner("executionId"),
              owner("taskId"),
              narrow("attempt", NUMBER),
              narrow("testId", TEXT),
              text("sha256")),
          List.of(),
          List.of());
  public static final CollectionSpec CHANNELS =
      named("channels", text("type"), text("group"), f("enabled", BOOLEAN));

  public static final CollectionSpec FORGES = named("forges", text("type"), text("group"));

  public static final CollectionSpec HOOKS = named("hooks", text("type"), text("group"));

  /** Calls of hooks that start something, kept for some days. */
  public static final CollectionSpec HOOK_EVENTS =
      new CollectionSpec(
          "hookEvents",
          List.of(text("at"), sparse("due"), sparse("chainKey"), narrow("hookId", TEXT)),
          List.of(),
          List.of());

  /** What forges have accepted, by commit. */
  public static final CollectionSpec COMMIT_LINES =
      new CollectionSpec("commitLines", List.of(text("updatedAt")), List.of(), List.of());

  /** Messages that were brought to channels, or are to be. */
  public static final CollectionSpec DELIVERIES =
      new CollectionSpec(
          "deliveries",
          List.of(owner("executionId"), text("channelId"), text("state"), sparse("nextAt")),
          List.of(),
          List.of());

  public static final CollectionSpec TOKENS =
      new CollectionSpec(
          "tokens",
          List.of(text("kind"), text("hash"), text("userId"), text("machineId")),
          List.of("hash"),
          List.of());

  /** Answers of creates by {@code Idempotency-Key}, kept for a day. */
  public static final CollectionSpec IDEMPOTENCY =
      new CollectionSpec("idempotency", List.of(text("at")), List.of(), List.of());

  /** Settings that the server made for itself, such as the key of its sessions. */
  public static final CollectionSpec SETTINGS =
      new CollectionSpec("settings", List.of(), List.of(), List.of());

  public static final List<CollectionSpec> ALL =
      List.of(
          USERS,
          GROUPS,
          MACHINES,
          TESTS,
          CONFIGURATIONS,
          TESTSUITES,
          SCENARIOS,
          SECRETS,
          SCHEDULES,
          EXECUTION_SPECS,
          EXECUTIONS,
          TASKS,
          STATUSES,
          LOGS,
          ARTIFACTS,
          CHANNELS,
          DELIVERIES,
          FORGES,
          COMMIT_LINES,
          HOOKS,
          HOOK_EVENTS,
          TOKENS,
          IDEMPOTENCY,
          SETTINGS);

  /** Those whose documents nobody reads as trees: what a record lacks it has by default. */
  static final Set<CollectionSpec> READ_AS_RECORDS =
      Set.of(EXECUTION_SPECS, EXECUTIONS, TASKS, STATUSES, LOGS);

  private StoreCollections() {}

  private static CollectionSpec named(String name, Field... more) {
    List<Field> fields = new java.util.ArrayList<>(List.of(text("name")));
    fields.addAll(List.of(more));
    return new CollectionSpec(name, List.copyOf(fields), List.of("name"), List.of());
  }

  private static Field text(String path) {
    return new Field(path, TEXT);
  }

  /** Most documents do not have it, or only for a short time. */
  private static Field sparse(String path) {
    return new Field(path, TEXT, Index.PRESENT);
  }

  /** Their ids begin with it. */
  private static Field owner(String path) {
    return new Field(path, TEXT, Index.IDS);
  }

  /** Not indexed: only asked for together with a field that is. */
  private static Field narrow(String path, Type type) {
    return new Field(path, type, Index.NONE);
  }

  private static Field f(String path, Type type) {
    return new Field(path, type);
  }
}
