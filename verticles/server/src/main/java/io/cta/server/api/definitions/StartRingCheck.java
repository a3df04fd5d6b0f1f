package io.cta.server.api.definitions;

import io.cta.domain.AfterHandler;
import io.cta.domain.NameRules;
import io.cta.domain.Scenario;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.store.EntityRepository;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses scenarios that start each other in a ring, whatever their conditions. A ring that is
 * wholly in the request is INVALID; one that a stored scenario closes is a CONFLICT, since it may
 * have been stored a moment ago.
 */
final class StartRingCheck {
  /** Most scenarios that are looked at for one. */
  private static final int MAX_SCENARIOS = 1_000;

  private final Scenario first;
  private final EntityRepository<Scenario> repository;
  private final DefinitionLookup lookup;
  private final Set<String> seen = new HashSet<>();

  private StartRingCheck(
      Scenario first, EntityRepository<Scenario> repository, DefinitionLookup lookup) {
    this.first = first;
    this.repository = repository;
    this.lookup = lookup;
  }

  /** Also checks that all scenarios that are started exist. */
  static Future<Void> check(
      Scenario scenario, EntityRepository<Scenario> repository, DefinitionLookup lookup) {
    return new StartRingCheck(scenario, repository, lookup)
        .follow(scenario, null, List.of(scenario.name()), true);
  }

  /**
   * @param field the handler of the first scenario by which it was reached; null for itself
   * @param path names from the first scenario to this one
   * @param given true when all of them are in the request
   */
  private Future<Void> follow(Scenario from, String field, List<String> path, boolean given) {
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < from.after().size(); i++) {
      AfterHandler handler = from.after().get(i);
      if (handler.start() != null && handler.start().scenario() != null) {
        String at = field == null ? "after[" + i + "].start.scenario" : field;
        String key = handler.start().scenario();
        done = done.compose(v -> step(key, at, path, given));
      }
    }
    return done;
  }

  private Future<Void> step(String key, String field, List<String> path, boolean given) {
    if (key.equals(first.id()) || NameRules.same(key, first.name())) {
      return Future.failedFuture(ring(field, path, given));
    }
    return lookup
        .find(repository, key)
        .compose(
            found -> {
              if (found.isEmpty()) {
                // what others start was checked with them
                return path.size() > 1
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        ServiceFailure.invalid(field, "names no scenario: " + key));
              }
              Scenario next = found.get();
              if (next.id().equals(first.id())) {
                return Future.failedFuture(ring(field, path, given));
              }
              if (!seen.add(next.id())) {
                return Future.succeededFuture();
              }
              if (seen.size() > MAX_SCENARIOS) {
                return Future.failedFuture(
                    ServiceFailure.invalid(
                        field, "starts more than " + MAX_SCENARIOS + " scenarios in the end"));
              }
              List<String> longer = new ArrayList<>(path);
              longer.add(next.name());
              return follow(next, field, longer, given && lookup.gives(repository, key));
            });
  }

  private ServiceFailure ring(String field, List<String> path, boolean given) {
    String names = String.join(" → ", path) + " → " + first.name();
    return ServiceFailure.ofField(
        given ? ErrorCode.INVALID : ErrorCode.CONFLICT, field, "makes a ring: " + names);
  }
}
