package io.cta.server.api;

import io.cta.domain.Group;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Groups of people. */
record GroupRules(Stores stores) implements Kind.Rules<Group> {
  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return Usage.all(
        List.of(
            Usage.byField(stores.users, "groups", stored, user -> "user " + user.name()),
            Usage.byField(
                stores.scenarios, "group", stored, scenario -> "scenario " + scenario.name())));
  }
}
