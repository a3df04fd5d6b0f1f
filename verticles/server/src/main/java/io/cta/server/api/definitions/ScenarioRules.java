package io.cta.server.api.definitions;

import io.cta.domain.AfterHandler;
import io.cta.domain.AfterNotification;
import io.cta.domain.AfterPush;
import io.cta.domain.Scenario;
import io.cta.error.ServiceFailure;
import io.cta.server.after.HandlerRules;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.forges.ReportTarget;
import io.cta.server.push.PushRules;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.ScenarioView;
import io.cta.server.webhook.ChannelSafety;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Rules of scenarios: what they refer to exists, the suite takes their parameters, and no two start
 * each other.
 *
 * @param conditions see {@link io.cta.server.after.ConditionThread}
 */
record ScenarioRules(
    StoreRepositories stores,
    ExecutionStarter starter,
    WorkerExecutor conditions,
    Clock clock,
    ChannelSafety safety)
    implements DefinitionKind.Rules<Scenario> {
  @Override
  public Future<Void> check(Scenario s, DefinitionLookup definitionLookup) {
    if (s.schedule() != null) {
      CronCheck.check("schedule.", s.schedule());
    }
    return ReferenceCheck.check(
            definitionLookup, stores.testsuites, "suite", "test suite", s.suite())
        .compose(
            fine ->
                ReferenceCheck.check(
                    definitionLookup,
                    stores.configurations,
                    "configuration",
                    "configuration",
                    s.configuration()))
        .compose(
            fine ->
                ReferenceCheck.check(definitionLookup, stores.groups, "group", "group", s.group()))
        .compose(fine -> starter.checkParameters(s, definitionLookup))
        .compose(fine -> HandlerRules.check(conditions, s.after()))
        .compose(fine -> pushes(s))
        .compose(fine -> report(s, definitionLookup))
        .compose(fine -> channels(s, definitionLookup))
        .compose(fine -> ForgeCheck.builds(definitionLookup, stores.forges, s.after()))
        .compose(fine -> ForgeCheck.reports(definitionLookup, stores.forges, s))
        .compose(fine -> StartRingCheck.check(s, stores.scenarios, definitionLookup));
  }

  private Future<Void> report(Scenario s, DefinitionLookup definitionLookup) {
    if (s.report() == null) {
      return Future.succeededFuture();
    }
    if (s.report().project() != null) {
      ReportTarget.checkProject("report.project", s.report().project());
    }
    if (s.report().noteProject() != null) {
      ReportTarget.checkProject("report.noteProject", s.report().noteProject());
      if (!s.report().notes()) {
        throw ServiceFailure.invalid("report.noteProject", "goes with note");
      }
    }
    return ForgeCheck.hasStatuses(
        definitionLookup, stores.forges, "report.forge", s.report().forge());
  }

  private Future<Void> pushes(Scenario s) {
    for (int i = 0; i < s.after().size(); i++) {
      AfterPush push = s.after().get(i).push();
      if (push != null) {
        PushRules.check("after[" + i + "].push", push, safety.addresses());
      }
    }
    return Future.succeededFuture();
  }

  private Future<Void> channels(Scenario s, DefinitionLookup definitionLookup) {
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < s.after().size(); i++) {
      AfterNotification tell = s.after().get(i).notification();
      if (tell != null && !tell.email().isEmpty() && !safety.sendsMail()) {
        throw ServiceFailure.invalid(
            "after[" + i + "].notify.email",
            "needs a mail server: mail.host (CTA_MAIL_HOST) is not set");
      }
      if (tell != null) {
        String field = "after[" + i + "].notify.channels";
        done =
            done.compose(
                fine ->
                    ReferenceCheck.checkAll(
                        definitionLookup, stores.channels, field, "channel", tell.channels()));
      }
    }
    return done;
  }

  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return UsageFinder.all(
        List.of(
            UsageFinder.byField(
                stores.schedules, "scenario", stored, schedule -> "schedule " + schedule.name()),
            UsageFinder.byReading(
                stores.hooks,
                hook ->
                    hook.triggers().stream()
                        .anyMatch(one -> UsageFinder.means(one.scenario(), stored)),
                hook -> "hook " + hook.name()),
            UsageFinder.byReading(
                stores.scenarios,
                other ->
                    !other.id().equals(stored.getString("id"))
                        && other.after().stream().anyMatch(after -> starts(after, stored)),
                other -> "scenario " + other.name())));
  }

  @Override
  public List<Instant> next(Scenario scenario) {
    return scenario.schedule() == null ? List.of() : CronCheck.next(scenario.schedule(), clock);
  }

  @Override
  public OutwardView view(Scenario scenario) {
    return ScenarioView.of(scenario);
  }

  private static boolean starts(AfterHandler after, JsonObject stored) {
    return after.start() != null && UsageFinder.means(after.start().scenario(), stored);
  }
}
