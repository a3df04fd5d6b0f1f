package io.cta.server.notify;

import io.cta.domain.AfterBuild;
import io.cta.domain.AfterOutcome;
import io.cta.domain.BuildProgressBuilder;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.Forge;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.server.after.HandlerText;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.jenkins.BuildRequest;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores the build of a handler as a row of deliveries, once however often it is asked. */
final class BuildAction {
  private final StoreRepositories stores;
  private final Clock clock;

  BuildAction(StoreRepositories stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  Future<AfterOutcome> carryOut(
      Execution execution, AfterOutcome outcome, AfterBuild build, String link) {
    String id = execution.id() + "-" + outcome.handler() + "-build";
    return IdOrNameLookup.find(stores.forges, build.forge())
        .map(
            found ->
                found.orElseThrow(
                    () -> ServiceFailure.invalid("forge", "there is no such forge any more")))
        .compose(
            forge -> {
              Delivery row = row(id, execution, outcome, build, forge.value(), link);
              // what is there already was written before a crash, and stays as it is
              return stores.deliveries.apply(List.of(stores.deliveries.inserting(id, row)));
            })
        .compose(done -> stores.deliveries.get(id))
        .map(row -> DeliveryFold.fold(outcome, List.of(row.value()), clock.instant()));
  }

  private Delivery row(
      String id,
      Execution execution,
      AfterOutcome outcome,
      AfterBuild build,
      Forge forge,
      String link) {
    Map<String, String> parameters = new LinkedHashMap<>();
    build
        .parameters()
        .forEach((name, text) -> parameters.put(name, HandlerText.of(text, execution, link)));
    BuildRequest request =
        new BuildRequest(build.job(), execution.id(), parameters, build.follow());
    return DeliveryRow.toForge(
            execution, outcome.handler(), forge, id, execution.finishedAt(), clock.instant())
        .body(JsonMapping.encode(request).toString())
        .jenkinsBuild(BuildProgressBuilder.builder().job(build.job()).build())
        .build();
  }
}
