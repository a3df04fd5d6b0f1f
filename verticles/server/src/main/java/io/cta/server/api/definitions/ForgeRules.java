package io.cta.server.api.definitions;

import io.cta.domain.AfterHandler;
import io.cta.domain.Forge;
import io.cta.domain.ForgeType;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.forges.ForgeTokens;
import io.cta.server.outgoing.AddressGuard;
import io.cta.server.outgoing.OutgoingUrl;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.ForgeView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Rules of forges: the address may be called, and the token is stored sealed and never shown. The
 * token before it stays, to end what was begun with it.
 */
record ForgeRules(StoreRepositories stores, ForgeTokens tokens, AddressGuard addresses)
    implements DefinitionKind.Rules<Forge> {
  private static final List<String> KEPT = List.of("token", "previousToken", "tokenRevision");

  @Override
  public Future<Void> check(Forge forge, DefinitionLookup definitionLookup) {
    checkUser(forge);
    OutgoingUrl url = OutgoingUrl.parse("url", forge.url());
    if (url.target().indexOf('?') >= 0) {
      throw ServiceFailure.invalid("url", "must not have a query (?)");
    }
    addresses.check("url", url);
    return ReferenceCheck.check(definitionLookup, stores.groups, "group", "group", forge.group());
  }

  private static void checkUser(Forge forge) {
    boolean builds = forge.type() == ForgeType.JENKINS;
    if (builds == (forge.user() == null)) {
      throw ServiceFailure.invalid(
          "user", builds ? "is required of type jenkins" : "is only for type jenkins");
    }
    if (builds && !forge.user().matches("[^\\p{Cntrl}:]+")) {
      throw ServiceFailure.invalid("user", "must be without colon and control characters");
    }
  }

  @Override
  public Future<JsonObject> complete(JsonObject input, JsonObject stored) {
    if (stored != null && isJenkins(stored) != isJenkins(input)) {
      throw ServiceFailure.invalid(
          "type", "cannot change between jenkins and the others: what refers to it would not work");
    }
    String given = (String) input.remove("token");
    if (given != null && !given.matches("[\\x21-\\x7e]+")) {
      throw ServiceFailure.invalid("token", "must be of plain characters, without blanks");
    }
    for (String field : KEPT) {
      input.remove(field);
      if (stored != null && stored.getValue(field) != null) {
        input.put(field, stored.getValue(field));
      }
    }
    if (given != null && !isStored(input, given)) {
      if (input.getString("token") != null) {
        input.put("previousToken", input.getString("token"));
      }
      input.put("token", tokens.seal(given));
      input.put("tokenRevision", input.getInteger("tokenRevision", 0) + 1);
    }
    int revision = stored == null ? 0 : stored.getInteger("revision", 0);
    return Future.succeededFuture(input.put("revision", revision + 1));
  }

  private static boolean isJenkins(JsonObject forge) {
    return ForgeType.JENKINS.wire().equals(forge.getString("type"));
  }

  private boolean isStored(JsonObject forge, String token) {
    try {
      String sealed = forge.getString("token");
      return sealed != null && tokens.open(sealed).equals(token);
    } catch (ServiceFailure e) {
      return false; // what cannot be opened any more is replaced
    }
  }

  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return UsageFinder.all(
        List.of(
            UsageFinder.byReading(
                stores.scenarios,
                scenario ->
                    scenario.report() != null
                            && UsageFinder.means(scenario.report().forge(), stored)
                        || scenario.after().stream().anyMatch(after -> tells(after, stored)),
                scenario -> "scenario " + scenario.name()),
            UsageFinder.byReading(
                stores.hooks,
                hook -> hook.forge() != null && UsageFinder.means(hook.forge(), stored),
                hook -> "hook " + hook.name())));
  }

  private static boolean tells(AfterHandler after, JsonObject stored) {
    return after.build() != null && UsageFinder.means(after.build().forge(), stored)
        || after.report() != null && UsageFinder.means(after.report().forge(), stored);
  }

  @Override
  public OutwardView view(Forge forge) {
    return ForgeView.of(forge);
  }
}
