package io.cta.server.api.definitions;

import io.cta.domain.Group;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.GroupView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Rules of groups of people. */
record GroupRules(StoreRepositories stores) implements DefinitionKind.Rules<Group> {
  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return UsageFinder.all(
        List.of(
            UsageFinder.byField(stores.users, "groups", stored, user -> "user " + user.name()),
            UsageFinder.byField(
                stores.scenarios, "group", stored, scenario -> "scenario " + scenario.name()),
            UsageFinder.byField(
                stores.channels, "group", stored, channel -> "channel " + channel.name())));
  }

  @Override
  public OutwardView view(Group group) {
    return GroupView.of(group);
  }
}
