package io.cta.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Names the queries to measure: every list of the API with each of its filters and orders, and the
 * single documents that people look up by id.
 */
final class QueryCatalog {
  private static final String[] NAMED = {
    "users",
    "groups",
    "machines",
    "tests",
    "testsuites",
    "configurations",
    "scenarios",
    "schedules",
    "channels"
  };

  private final SeededStore seeded;
  private final SeededPages pages;
  private final List<QueryShape> all = new ArrayList<>();

  private QueryCatalog(SeededStore seeded, SeededPages pages) {
    this.seeded = seeded;
    this.pages = pages;
  }

  static List<QueryShape> of(SeededStore seeded, SeededPages pages) {
    QueryCatalog catalog = new QueryCatalog(seeded, pages);
    catalog.executions();
    catalog.tasks();
    catalog.statuses();
    catalog.artifacts();
    catalog.definitions();
    catalog.deliveries();
    return catalog.all;
  }

  private void executions() {
    add("executions");
    add("executions?limit=1000");
    add("executions?after={page}", r -> "executions?after=" + pick(pages.nextPages(), r));
    add("executions?scenario={name}", r -> "executions?scenario=" + named(seeded.scenarios(), r));
    add("executions?group={name}", r -> "executions?group=" + named(seeded.groups(), r));
    add("executions?requestedBy={name}", r -> "executions?requestedBy=" + named(seeded.users(), r));
    add("executions?branch={name}", r -> "executions?branch=" + SeedExecutions.branch(r.nextInt()));
    add("executions?commit={name}", r -> "executions?commit=" + SeedExecutions.commit(r.nextInt()));
    add(
        "executions?changeRequest={name}",
        r -> "executions?changeRequest=" + SeedExecutions.changeRequest(r.nextInt()));
    add(
        "executions?scenario={name}&branch={name}",
        r ->
            "executions?branch="
                + SeedExecutions.branch(r.nextInt())
                + "&scenario="
                + named(seeded.scenarios(), r));
    add("executions?state=finished");
    add("executions?state=pending,acked,running");
    add("executions?result=failed");
    add(
        "executions?scenario={name}&result=failed",
        r -> "executions?result=failed&scenario=" + named(seeded.scenarios(), r));
    for (String sort : List.of("id", "requestedAt", "-requestedAt")) {
      add("executions?sort=" + sort);
    }
    add("executions/{id}", r -> "executions/" + pick(pages.executions(), r));
    add("executions/{id}/chain", r -> "executions/" + pick(pages.executions(), r) + "/chain");
  }

  private void tasks() {
    String tasks = "executions/{id}/tasks";
    execution(tasks, r -> "");
    execution(tasks + "?state=finished", r -> "?state=finished");
    run(tasks + "?machineId={id}", run -> "?machineId=" + run.machineId());
    add("tasks/{id}", r -> "tasks/" + pick(pages.executions(), r) + "-0");
  }

  private void statuses() {
    String statuses = "executions/{id}/statuses";
    execution(statuses, r -> "");
    execution(statuses + "?limit=1000", r -> "?limit=1000");
    run(
        statuses + "?after={page}",
        run -> run.nextPage() == null ? "" : "?after=" + run.nextPage());
    add(
        statuses + "?taskId={id}",
        r -> {
          String id = pick(pages.executions(), r);
          return "executions/" + id + "/statuses?taskId=" + id + "-" + r.nextInt(5);
        });
    run(statuses + "?testId={id}", run -> "?testId=" + run.testId());
    execution(
        statuses + "?case={name}",
        r -> "?case=io.example.bench.SeededCaseTest.case_number_" + (1 + r.nextInt(50)) + "_holds");
    execution(statuses + "?result=failed", r -> "?result=failed");
    execution(statuses + "?skipped=true", r -> "?skipped=true");
    execution(statuses + "?attempt=1", r -> "?attempt=1");
    run(statuses + "?machineId={id}", run -> "?machineId=" + run.machineId());
  }

  private void artifacts() {
    String artifacts = "executions/{id}/artifacts";
    execution(artifacts, r -> "");
    add(
        artifacts + "?taskId={id}",
        r -> {
          String id = pick(pages.executions(), r);
          return "executions/" + id + "/artifacts?taskId=" + id + "-" + r.nextInt(5);
        });
    run(artifacts + "?testId={id}", run -> "?testId=" + run.testId());
    execution(artifacts + "?attempt=1", r -> "?attempt=1");
  }

  private void definitions() {
    for (String list : NAMED) {
      add(list);
      add(list + "?sort=-id");
      String prefix =
          list.equals("testsuites") ? "suite-" : list.substring(0, list.length() - 1) + "-";
      add(list + "?prefix={text}", r -> list + "?prefix=" + prefix + r.nextInt(10));
      add(list + "?name={name}", r -> list + "?name=" + prefix + r.nextInt(10));
    }
    add("machines?presence=offline");
    add("machines?health=active");
    add("machines?label={label}", r -> "machines?label=label-" + r.nextInt(10));
    add("machines?group={name}", r -> "machines?group=" + named(seeded.groups(), r));
    add("configurations?mode=mono");
    add("scenarios?suite={name}", r -> "scenarios?suite=" + named(seeded.suites(), r));
    add(
        "scenarios?configuration={name}",
        r -> "scenarios?configuration=" + named(seeded.configurations(), r));
    add("scenarios?group={name}", r -> "scenarios?group=" + named(seeded.groups(), r));
    add("schedules?scenario={name}", r -> "schedules?scenario=" + named(seeded.scenarios(), r));
    add("schedules?enabled=false");
    add("schedules?sort=-nextAt");
    add("users?role=viewer");
    add("users?group={name}", r -> "users?group=" + named(seeded.groups(), r));
    add("tokens");
    add("tokens?kind=api");
  }

  private void deliveries() {
    add("channels?type=webhook");
    add("channels?group={name}", r -> "channels?group=" + named(seeded.groups(), r));
    add("channels?enabled=false");
    add("deliveries");
    add("deliveries?sort=id");
    add("deliveries?execution={id}", r -> "deliveries?execution=" + pick(pages.executions(), r));
    add("deliveries?channel={name}", r -> "deliveries?channel=" + named(seeded.channels(), r));
    add("deliveries?state=failed");
  }

  private static String named(SeededKind kind, Random random) {
    return kind.name(random.nextInt(kind.size()));
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  /** Adds a list below an execution, any of them. */
  private void execution(String name, Function<Random, String> parameters) {
    add(name, r -> below(name, pick(pages.executions(), r)) + parameters.apply(r));
  }

  /** Adds a list below an execution for which filter values are known. */
  private void run(String name, Function<SeededRun, String> parameters) {
    add(
        name,
        r -> {
          SeededRun run = pick(pages.runs(), r);
          return below(name, run.id()) + parameters.apply(run);
        });
  }

  private static String below(String name, String execution) {
    return name.split("\\?")[0].replace("{id}", execution);
  }

  private void add(String path) {
    add(path, random -> path);
  }

  private void add(String name, Function<Random, String> path) {
    all.add(new QueryShape(name, path));
  }
}
