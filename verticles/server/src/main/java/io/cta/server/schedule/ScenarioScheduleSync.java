package io.cta.server.schedule;

import io.cta.domain.CronRule;
import io.cta.domain.Scenario;
import io.cta.domain.Schedule;
import io.cta.domain.ScheduleBuilder;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Keeps one schedule document for each scenario with a cron rule, and removes those of others. */
final class ScenarioScheduleSync {
  private static final String ID_PREFIX = "scenario-";
  private static final int PAGE = 500;
  private static final int MAX_NAME_CHARS = 128;

  private final StoreRepositories stores;
  private final Map<String, Rule> applied = new HashMap<>();
  private boolean loaded;

  /** The scenario's name and rule from which its schedule document was last written. */
  private record Rule(String name, CronRule cron) {}

  ScenarioScheduleSync(StoreRepositories stores) {
    this.stores = stores;
  }

  /** Reads all scenarios; writes only what has changed since the last call. */
  Future<Void> apply(Instant now) {
    Map<String, Rule> wanted = new HashMap<>();
    DocumentQuery all =
        DocumentQuery.of(StoreCollections.SCENARIOS, DocumentFilter.ALL, PAGE)
            .omitting("parameters", "after");
    return loadApplied()
        .compose(v -> collect(all, wanted))
        .compose(
            v -> {
              List<Future<Void>> changes = new ArrayList<>();
              wanted.forEach(
                  (id, rule) -> {
                    if (!Objects.equals(applied.get(id), rule)) {
                      changes.add(put(id, rule, now).onSuccess(done -> applied.put(id, rule)));
                    }
                  });
              Set<String> gone = new HashSet<>(applied.keySet());
              gone.removeAll(wanted.keySet());
              gone.forEach(id -> changes.add(remove(id).onSuccess(d -> applied.remove(id))));
              return Future.join(changes).mapEmpty();
            });
  }

  private Future<Void> collect(DocumentQuery query, Map<String, Rule> into) {
    return stores.scenarios.each(
        query,
        versionedEntity -> {
          Scenario s = versionedEntity.value();
          if (s.schedule() != null) {
            into.put(s.id(), new Rule(s.name(), s.schedule()));
          }
        });
  }

  /** At the first call, reads the documents that an earlier run of the server has written. */
  private Future<Void> loadApplied() {
    if (loaded) {
      return Future.succeededFuture();
    }
    return stores
        .schedules
        .each(
            DocumentQuery.of(StoreCollections.SCHEDULES, DocumentFilter.ALL, PAGE), this::remember)
        .onSuccess(v -> loaded = true);
  }

  private void remember(VersionedEntity<Schedule> versionedEntity) {
    Schedule s = versionedEntity.value();
    if (s.id().startsWith(ID_PREFIX)) {
      String scenario = s.id().substring(ID_PREFIX.length());
      applied.put(scenario, new Rule("", s.rule()));
    }
  }

  private Future<Void> put(String scenarioId, Rule rule, Instant now) {
    String id = ID_PREFIX + scenarioId;
    return stores
        .schedules
        .find(id)
        .compose(
            found ->
                found.isPresent()
                    ? stores.schedules.update(id, s -> changed(s, rule, now)).mapEmpty()
                    : insert(id, scenarioId, rule, now));
  }

  private Future<Void> insert(String id, String scenarioId, Rule rule, Instant now) {
    String full = "scenario " + rule.name();
    String name = full.substring(0, Math.min(MAX_NAME_CHARS, full.length()));
    return insert(id, name, scenarioId, rule, now)
        .compose(
            outcome ->
                outcome == DocumentWrite.Outcome.DONE
                    ? Future.succeededFuture()
                    : insert(id, "scenario " + scenarioId, scenarioId, rule, now).mapEmpty());
  }

  private Future<DocumentWrite.Outcome> insert(
      String id, String name, String scenarioId, Rule rule, Instant now) {
    CronRule c = rule.cron();
    return stores.schedules.insert(
        id,
        ruled(ScheduleBuilder.builder(), c)
            .id(id)
            .name(name)
            .scenario(scenarioId)
            .nextAt(c.at())
            .enabled(true)
            .createdAt(now)
            .updatedAt(now)
            .build());
  }

  private static Schedule changed(Schedule s, Rule rule, Instant now) {
    CronRule c = rule.cron();
    if (s.rule().equals(c)) {
      return s;
    }
    boolean sameTimes =
        Objects.equals(s.cron(), c.cron())
            && Objects.equals(s.at(), c.at())
            && s.zone().equals(c.zone());
    return ruled(ScheduleBuilder.builder(s), c)
        .enabled(true)
        .nextAt(sameTimes ? s.nextAt() : c.at())
        .updatedAt(now)
        .build();
  }

  private static ScheduleBuilder ruled(ScheduleBuilder schedule, CronRule c) {
    return schedule
        .cron(c.cron())
        .at(c.at())
        .zone(c.zone())
        .missed(c.missed())
        .grace(c.grace())
        .overlap(c.overlap());
  }

  private Future<Void> remove(String scenarioId) {
    String id = ID_PREFIX + scenarioId;
    return stores
        .schedules
        .find(id)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture()
                    : stores
                        .documents
                        .apply(
                            List.of(
                                new DocumentWrite.Delete(
                                    StoreCollections.SCHEDULES, id, found.get().version())))
                        .mapEmpty());
  }
}
