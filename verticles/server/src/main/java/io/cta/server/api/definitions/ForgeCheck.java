package io.cta.server.api.definitions;

import io.cta.domain.AfterBuild;
import io.cta.domain.AfterHandler;
import io.cta.domain.AfterReport;
import io.cta.domain.Forge;
import io.cta.domain.ForgeType;
import io.cta.domain.Scenario;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.store.EntityRepository;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that a forge that others refer to exists and can do what they want of it. */
final class ForgeCheck {
  private ForgeCheck() {}

  /** Fails with INVALID unless {@code key} is null or a forge with statuses of commits. */
  static Future<Void> hasStatuses(
      DefinitionLookup lookup, EntityRepository<Forge> forges, String field, String key) {
    return key == null
        ? Future.succeededFuture()
        : find(lookup, forges, field, key)
            .map(
                forge -> {
                  if (forge.type() == ForgeType.JENKINS) {
                    throw ServiceFailure.invalid(
                        field, "names a Jenkins, which has no statuses of commits: " + key);
                  }
                  return null;
                });
  }

  /**
   * Fails with INVALID unless all builds are of a Jenkins, and each of another job: by its
   * parameter Jenkins tells executions apart, not the handlers of one.
   */
  static Future<Void> builds(
      DefinitionLookup lookup, EntityRepository<Forge> forges, List<AfterHandler> handlers) {
    Map<String, String> jobs = new HashMap<>();
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < handlers.size(); i++) {
      AfterBuild build = handlers.get(i).build();
      if (build != null) {
        String at = "after[" + i + "].build";
        done =
            done.compose(fine -> find(lookup, forges, at + ".forge", build.forge()))
                .map(
                    forge -> {
                      check(at, forge, build, jobs);
                      return null;
                    });
      }
    }
    return done;
  }

  private static void check(String at, Forge forge, AfterBuild build, Map<String, String> jobs) {
    if (forge.type() != ForgeType.JENKINS) {
      throw ServiceFailure.invalid(
          at + ".forge", "must be of type jenkins, and is of type " + forge.type().wire());
    }
    String before = jobs.putIfAbsent(forge.id() + " " + forge.name() + " " + build.job(), at);
    if (before != null) {
      throw ServiceFailure.invalid(
          at + ".job", "must not be built by two handlers, and is built by " + before);
    }
  }

  /**
   * Fails with INVALID unless all handlers report to a forge with statuses, and under another name
   * than the scenario itself: that would end its own status twice.
   */
  static Future<Void> reports(
      DefinitionLookup lookup, EntityRepository<Forge> forges, Scenario scenario) {
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < scenario.after().size(); i++) {
      AfterReport report = scenario.after().get(i).report();
      if (report != null) {
        String at = "after[" + i + "].report";
        done =
            done.compose(fine -> hasStatuses(lookup, forges, at + ".forge", report.forge()))
                .compose(fine -> isOther(lookup, forges, at, scenario, report));
      }
    }
    return done;
  }

  private static Future<Void> isOther(
      DefinitionLookup lookup,
      EntityRepository<Forge> forges,
      String at,
      Scenario scenario,
      AfterReport report) {
    String name = report.name() == null ? scenario.name() : report.name();
    if (scenario.report() == null || !name.equals(scenario.name())) {
      return Future.succeededFuture();
    }
    return find(lookup, forges, at + ".forge", report.forge())
        .compose(
            forge ->
                find(lookup, forges, "report.forge", scenario.report().forge())
                    .map(
                        own -> {
                          if (own.id().equals(forge.id())) {
                            throw ServiceFailure.invalid(
                                at + ".name",
                                "must be another than "
                                    + name
                                    + ", under which the scenario itself reports there");
                          }
                          return null;
                        }));
  }

  private static Future<Forge> find(
      DefinitionLookup lookup, EntityRepository<Forge> forges, String field, String key) {
    return lookup
        .find(forges, key)
        .map(
            found ->
                found.orElseThrow(() -> ServiceFailure.invalid(field, "names no forge: " + key)));
  }
}
