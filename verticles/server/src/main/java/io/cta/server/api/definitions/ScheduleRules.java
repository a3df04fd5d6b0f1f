package io.cta.server.api.definitions;

import io.cta.domain.Schedule;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.ScheduleView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** Rules of schedules; the server computes when they fire next. */
record ScheduleRules(StoreRepositories stores) implements DefinitionKind.Rules<Schedule> {
  private static final List<String> DECISIVE = List.of("cron", "zone", "enabled", "scenario");

  @Override
  public Future<Void> check(Schedule schedule, DefinitionLookup definitionLookup) {
    CronCheck.check("cron", schedule.cron(), "zone", schedule.zone());
    return ReferenceCheck.check(
        definitionLookup, stores.scenarios, "scenario", "scenario", schedule.scenario());
  }

  @Override
  public Future<JsonObject> complete(JsonObject input, JsonObject stored) {
    input.remove("nextAt");
    input.remove("firedAt");
    boolean same =
        stored != null
            && DECISIVE.stream()
                .allMatch(f -> Objects.equals(input.getValue(f), stored.getValue(f)));
    if (stored != null && stored.getValue("firedAt") != null) {
      input.put("firedAt", stored.getValue("firedAt"));
    }
    if (same) {
      input.put("nextAt", stored.getValue("nextAt"));
    }
    return Future.succeededFuture(input);
  }

  @Override
  public OutwardView view(Schedule schedule) {
    return ScheduleView.of(schedule);
  }
}
