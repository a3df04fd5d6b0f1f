package io.cta.server.notify;

import io.cta.domain.AfterBuild;
import io.cta.domain.AfterOutcome;
import io.cta.domain.BuildProgressBuilder;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.Forge;
import io.cta.json.JsonMapping;
import io.cta.server.after.HandlerText;
import io.cta.server.jenkins.BuildRequest;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stores the build of a handler as a row of deliveries. */
final class BuildAction {
  private final HandlerRow rows;
  private final Clock clock;

  BuildAction(StoreRepositories stores, Clock clock) {
    this.rows = new HandlerRow(stores, clock);
    this.clock = clock;
  }

  Future<AfterOutcome> carryOut(
      Execution execution, AfterOutcome outcome, AfterBuild build, String link) {
    return rows.forge(build.forge())
        .compose(forge -> rows.stored(outcome, row(execution, outcome, build, forge, link)));
  }

  private Delivery row(
      Execution execution, AfterOutcome outcome, AfterBuild build, Forge forge, String link) {
    Map<String, String> parameters = new LinkedHashMap<>();
    build
        .parameters()
        .forEach((name, text) -> parameters.put(name, HandlerText.of(text, execution, link)));
    BuildRequest request =
        new BuildRequest(build.job(), execution.id(), parameters, build.follow());
    return DeliveryRow.toForge(
            execution,
            outcome.handler(),
            forge,
            HandlerRow.id(execution, outcome),
            execution.finishedAt(),
            clock.instant())
        .body(JsonMapping.encode(request).toString())
        .jenkinsBuild(BuildProgressBuilder.builder().job(build.job()).build())
        .build();
  }
}
