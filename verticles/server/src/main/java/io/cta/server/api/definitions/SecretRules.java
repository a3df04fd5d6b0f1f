package io.cta.server.api.definitions;

import io.cta.domain.Secret;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.executions.SecretReferences;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.access.SecretView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Rules of secrets: the value is sealed before it is stored, and never leaves the server. */
record SecretRules(StoreRepositories stores, SecretCipher cipher)
    implements DefinitionKind.Rules<Secret> {
  private static final String SEALED = "sealed";
  private static final int MIN_CHARS = 8;

  @Override
  public Future<Void> check(Secret secret, DefinitionLookup definitionLookup) {
    if (secret.group() != null && secret.scenario() != null) {
      throw ServiceFailure.invalid("scenario", "cannot be set together with group");
    }
    return ReferenceCheck.check(definitionLookup, stores.groups, "group", "group", secret.group())
        .compose(
            fine ->
                ReferenceCheck.check(
                    definitionLookup, stores.scenarios, "scenario", "scenario", secret.scenario()));
  }

  @Override
  public Future<JsonObject> complete(JsonObject input, JsonObject stored) {
    String value = (String) input.remove("value");
    if (value != null) {
      input.put(SEALED, cipher.seal(checked(value)));
    } else if (stored != null) {
      input.put(SEALED, stored.getString(SEALED));
    } else {
      throw ServiceFailure.invalid("value", "is required");
    }
    return Future.succeededFuture(input);
  }

  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return UsageFinder.all(
        List.of(
            UsageFinder.byReading(
                stores.testsuites,
                suite ->
                    isNamed(
                        SecretReferences.of(suite.secrets(), suite.inputs(), suite.outputs()),
                        stored),
                suite -> "test suite " + suite.name()),
            UsageFinder.byReading(
                stores.scenarios,
                scenario -> isNamed(SecretReferences.of(scenario), stored),
                scenario -> "scenario " + scenario.name())));
  }

  @Override
  public OutwardView view(Secret secret) {
    return SecretView.of(secret);
  }

  private static boolean isNamed(Map<String, String> names, JsonObject secret) {
    return names.values().stream().anyMatch(name -> UsageFinder.means(name, secret));
  }

  private static String checked(String value) {
    if (value.strip().length() < MIN_CHARS) {
      throw ServiceFailure.invalid(
          "value",
          "must have at least 8 characters without blanks at its ends: a shorter one cannot be hidden in"
              + " output without hiding other text, too");
    }
    if (value.indexOf('\0') >= 0) {
      throw ServiceFailure.invalid("value", "must not have a NUL character");
    }
    return value;
  }
}
