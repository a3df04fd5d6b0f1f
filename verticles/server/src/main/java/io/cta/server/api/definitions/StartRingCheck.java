package io.cta.server.api.definitions;

import io.cta.domain.AfterHandler;
import io.cta.domain.NameRules;
import io.cta.domain.Scenario;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.store.EntityRepository;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses scenarios that start each other in a ring, whatever their conditions. A ring that is
 * wholly in the request is INVALID; one that a stored scenario closes is a CONFLICT, since it may
 * have been stored a moment ago.
 */
final class StartRingCheck {
  /** Most scenarios that one may start in the end. */
  private static final int MAX_SCENARIOS = 1_000;

  private final Scenario first;
  private final EntityRepository<Scenario> repository;
  private final DefinitionLookup lookup;
  private final Set<String> seen = new HashSet<>();
  private final Deque<Start> open = new ArrayDeque<>();

  /**
   * A scenario on the way.
   *
   * @param before the one that starts it, null for the first
   * @param given true when all up to here are in the request
   */
  private record Visit(Scenario scenario, Visit before, boolean given) {}

  /**
   * A start that is still to be followed.
   *
   * @param key id or name of what is started
   * @param field the handler of the first scenario from which the way began
   */
  private record Start(String key, Visit from, String field) {}

  private StartRingCheck(
      Scenario first, EntityRepository<Scenario> repository, DefinitionLookup lookup) {
    this.first = first;
    this.repository = repository;
    this.lookup = lookup;
  }

  /** Also checks that all scenarios that it starts exist. */
  static Future<Void> check(
      Scenario scenario, EntityRepository<Scenario> repository, DefinitionLookup lookup) {
    StartRingCheck check = new StartRingCheck(scenario, repository, lookup);
    check.open(new Visit(scenario, null, true), null);
    return Future.succeededFuture().compose(begun -> check.walk());
  }

  private void open(Visit visit, String field) {
    List<AfterHandler> handlers = visit.scenario.after();
    for (int i = 0; i < handlers.size(); i++) {
      if (handlers.get(i).start() != null && handlers.get(i).start().scenario() != null) {
        String at = field == null ? "after[" + i + "].start.scenario" : field;
        open.add(new Start(handlers.get(i).start().scenario(), visit, at));
      }
    }
  }

  /** What is found at once is followed in a loop, so that a long way needs no deep stack. */
  private Future<Void> walk() {
    while (!open.isEmpty()) {
      Start start = open.poll();
      if (isFirst(start.key)) {
        throw ring(start);
      }
      Future<Optional<Scenario>> found = lookup.find(repository, start.key);
      if (!found.succeeded()) {
        return found.compose(
            scenario -> {
              follow(start, scenario);
              return walk();
            });
      }
      follow(start, found.result());
    }
    return Future.succeededFuture();
  }

  private void follow(Start start, Optional<Scenario> found) {
    if (found.isEmpty()) {
      if (start.from.before == null) {
        throw ServiceFailure.invalid(start.field, "names no scenario: " + start.key);
      }
      return; // what others start is checked with them
    }
    Scenario next = found.get();
    if (next.id().equals(first.id())) {
      throw ring(start);
    }
    if (!seen.add(next.id())) {
      return;
    }
    if (seen.size() > MAX_SCENARIOS) {
      throw ServiceFailure.invalid(
          start.field, "starts more than " + MAX_SCENARIOS + " scenarios in the end");
    }
    boolean given = start.from.given && lookup.gives(repository, start.key);
    open(new Visit(next, start.from, given), start.field);
  }

  private boolean isFirst(String key) {
    return key.equals(first.id()) || NameRules.same(key, first.name());
  }

  private ServiceFailure ring(Start last) {
    List<String> names = new ArrayList<>();
    names.add(first.name());
    for (Visit visit = last.from; visit != null; visit = visit.before) {
      names.add(visit.scenario.name());
    }
    Collections.reverse(names);
    return ServiceFailure.ofField(
        last.from.given ? ErrorCode.INVALID : ErrorCode.CONFLICT,
        last.field,
        "makes a ring: " + String.join(" → ", names));
  }
}
