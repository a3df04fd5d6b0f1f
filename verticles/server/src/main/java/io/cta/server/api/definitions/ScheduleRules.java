package io.cta.server.api.definitions;

import io.cta.domain.Schedule;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.ScheduleView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Rules of schedules; the server computes when they fire next. */
record ScheduleRules(StoreRepositories stores, Clock clock)
    implements DefinitionKind.Rules<Schedule> {
  private static final List<String> STATE =
      List.of("nextAt", "firedAt", "execution", "waitsFor", "note", "next");
  private static final List<String> DECISIVE = List.of("cron", "at", "zone", "enabled", "scenario");

  @Override
  public Future<Void> check(Schedule schedule, DefinitionLookup definitionLookup) {
    CronCheck.check("", schedule.rule());
    return ReferenceCheck.check(
        definitionLookup, stores.scenarios, "scenario", "scenario", schedule.scenario());
  }

  @Override
  public Future<JsonObject> complete(JsonObject input, JsonObject stored) {
    STATE.forEach(input::remove);
    boolean same =
        stored != null
            && DECISIVE.stream()
                .allMatch(f -> Objects.equals(input.getValue(f), stored.getValue(f)));
    if (stored != null && stored.getValue("firedAt") != null) {
      input.put("firedAt", stored.getValue("firedAt"));
    }
    if (same) {
      STATE.forEach(field -> input.put(field, stored.getValue(field)));
    } else if (input.getValue("at") != null) {
      // a single time is missed, and not forgotten, when the server is down at it
      input.put("nextAt", input.getValue("at"));
    }
    return Future.succeededFuture(input);
  }

  @Override
  public List<Instant> next(Schedule schedule) {
    try {
      return schedule.enabled() ? CronCheck.next(schedule.rule(), clock) : List.of();
    } catch (ServiceFailure e) {
      return List.of(); // a rule that an earlier version took
    }
  }

  @Override
  public OutwardView view(Schedule schedule) {
    return ScheduleView.of(schedule, next(schedule));
  }
}
