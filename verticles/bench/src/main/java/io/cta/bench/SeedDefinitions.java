package io.cta.bench;

import io.cta.domain.AccessToken;
import io.cta.domain.Channel;
import io.cta.domain.Configuration;
import io.cta.domain.Group;
import io.cta.domain.IdGenerator;
import io.cta.domain.Machine;
import io.cta.domain.Scenario;
import io.cta.domain.Schedule;
import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.domain.User;
import io.cta.json.JsonMapping;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.EntityRepository;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes machines, users and definitions for a store that is filled for queries. */
final class SeedDefinitions {
  static final int TESTS_OF_SUITE = 5;

  private static final int SCENARIOS = 20;
  private static final int MACHINES = 500;
  private static final int TESTS = 1_000;
  private static final int PEOPLE = 100;
  private static final int GROUPS = 10;
  private static final String AT = Instant.now().toString();

  private final StoreRepositories stores;
  private final List<DocumentWrite> writes = new ArrayList<>();

  SeedDefinitions(StoreRepositories stores) {
    this.stores = stores;
  }

  SeededStore write() {
    SeededStore made =
        new SeededStore(
            each(GROUPS, "group-", stores.groups, Group.class, (i, o) -> {}),
            each(TESTS, "test-", stores.tests, Test.class, (i, o) -> o.put("stages", stages())),
            each(SCENARIOS, "suite-", stores.testsuites, TestSuite.class, this::suite),
            each(
                SCENARIOS,
                "configuration-",
                stores.configurations,
                Configuration.class,
                this::mode),
            each(SCENARIOS, "scenario-", stores.scenarios, Scenario.class, this::scenario),
            each(SCENARIOS, "schedule-", stores.schedules, Schedule.class, this::schedule),
            each(MACHINES, "machine-", stores.machines, Machine.class, this::machine),
            each(PEOPLE, "user-", stores.users, User.class, this::user),
            each(SCENARIOS, "channel-", stores.channels, Channel.class, this::channel));
    each(PEOPLE, "token-", stores.tokens, AccessToken.class, this::token);
    stores.documents.apply(writes).await();
    return made;
  }

  /** Adds the fields in which the documents of a kind differ. */
  private interface Shape {
    void fill(int number, JsonObject document);
  }

  private <T> SeededKind each(
      int count, String prefix, EntityRepository<T> repository, Class<T> type, Shape shape) {
    List<String> ids = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = IdGenerator.next();
      JsonObject document = new JsonObject().put("id", id).put("name", prefix + i);
      if (type != Test.class && type != AccessToken.class) {
        document.put("createdAt", AT);
      }
      shape.fill(i, document);
      writes.add(repository.inserting(id, JsonMapping.fromObject(document, type)));
      ids.add(id);
      names.add(prefix + i);
    }
    return new SeededKind(ids, names);
  }

  static JsonArray stages() {
    return new JsonArray().add(new JsonObject().put("name", "run").put("run", "true"));
  }

  private void channel(int number, JsonObject channel) {
    channel.put("url", "https://hooks.example.org/" + number).put("group", "group-" + number % 10);
  }

  private void suite(int number, JsonObject suite) {
    JsonArray tests = new JsonArray();
    for (int i = 0; i < TESTS_OF_SUITE; i++) {
      tests.add(new JsonObject().put("ref", "test-" + (number * TESTS_OF_SUITE + i)));
    }
    suite.put("tests", tests);
  }

  private void mode(int number, JsonObject configuration) {
    configuration.put("mode", number % 2 == 0 ? "mono" : "parallel");
  }

  private void scenario(int number, JsonObject scenario) {
    scenario
        .put("suite", "suite-" + number)
        .put("configuration", "configuration-" + number)
        .put("group", "group-" + number % GROUPS);
  }

  private void schedule(int number, JsonObject schedule) {
    schedule.put("scenario", "scenario-" + number).put("cron", "0 3 * * *").put("enabled", false);
  }

  private void machine(int number, JsonObject machine) {
    machine
        .put("hostname", "host-" + number)
        .put("labels", new JsonArray().add("label-" + number % 10))
        .put("groups", new JsonArray().add("group-" + number % GROUPS))
        .put("slots", 4);
  }

  private void user(int number, JsonObject user) {
    user.put("role", number % 2 == 0 ? "viewer" : "runner")
        .put("groups", new JsonArray().add("group-" + number % GROUPS));
  }

  private void token(int number, JsonObject token) {
    token
        .put("kind", "api")
        .put("role", "viewer")
        .put("hash", "bench-" + number)
        .put("createdAt", AT);
  }
}
