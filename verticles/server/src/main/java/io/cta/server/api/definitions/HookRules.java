package io.cta.server.api.definitions;

import io.cta.domain.Hook;
import io.cta.domain.HookTrigger;
import io.cta.domain.SecretGenerator;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.hooks.HookFacts;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.HookView;
import io.cta.server.webhook.SigningKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Rules of hooks: there is none without a secret, which is stored sealed and shown once to whoever
 * had the server make it; what they start exists.
 */
record HookRules(StoreRepositories stores, SecretCipher cipher)
    implements DefinitionKind.Rules<Hook> {
  private static final List<String> KEPT = List.of("secret", "lastEventAt", "lastOutcome");

  @Override
  public Future<Void> check(Hook hook, DefinitionLookup definitionLookup) {
    Future<Void> done =
        ReferenceCheck.check(definitionLookup, stores.groups, "group", "group", hook.group())
            .compose(
                v ->
                    ForgeCheck.hasStatuses(definitionLookup, stores.forges, "forge", hook.forge()));
    if (hook.notes() && hook.forge() == null) {
      throw ServiceFailure.invalid("note", "goes with forge");
    }
    for (int i = 0; i < hook.triggers().size(); i++) {
      String at = "triggers[" + i + "]";
      HookTrigger trigger = hook.triggers().get(i);
      for (Map.Entry<String, String> one : trigger.parameters().entrySet()) {
        if (!HookFacts.knows(one.getValue())) {
          throw ServiceFailure.invalid(
              at + ".parameters." + one.getKey(),
              "must be a field of events, such as event.branch, and is " + one.getValue());
        }
      }
      done =
          done.compose(
              v ->
                  ReferenceCheck.check(
                      definitionLookup,
                      stores.scenarios,
                      at + ".scenario",
                      "scenario",
                      trigger.scenario()));
    }
    return done;
  }

  @Override
  public Future<JsonObject> complete(JsonObject input, JsonObject stored) {
    String given = (String) input.remove("secret");
    boolean generic = "generic".equals(input.getString("type"));
    if (given != null) {
      check(given, generic);
    }
    for (String field : KEPT) {
      input.remove(field);
      if (stored != null && stored.getValue(field) != null) {
        input.put(field, stored.getValue(field));
      }
    }
    boolean changed = stored != null && !stored.getString("type").equals(input.getString("type"));
    if (changed && given == null) {
      throw ServiceFailure.invalid("secret", "is required when the type changes");
    }
    if (given != null && !isStored(input, given)) {
      input.put("secret", cipher.seal(given));
    } else if (input.getString("secret") == null) {
      String made = generic ? SigningKey.random().text() : SecretGenerator.next();
      input.put("secret", cipher.seal(made));
    }
    int revision = stored == null ? 0 : stored.getInteger("revision", 0);
    return Future.succeededFuture(input.put("revision", revision + 1));
  }

  private static void check(String secret, boolean generic) {
    if (generic) {
      SigningKey.parse("secret", secret);
    } else if (!secret.matches("[\\x21-\\x7e]+")) {
      throw ServiceFailure.invalid("secret", "must be of plain characters, without blanks");
    }
  }

  private boolean isStored(JsonObject hook, String secret) {
    try {
      String sealed = hook.getString("secret");
      return sealed != null && cipher.open(sealed).equals(secret);
    } catch (ServiceFailure e) {
      return false; // what cannot be opened any more is replaced
    }
  }

  /** Calls write when they came, which must not make an edit stale. */
  @Override
  public String tag(JsonObject stored, long version) {
    String id = stored.getString("id");
    return id.substring(Math.max(0, id.length() - 10)) + "." + stored.getInteger("revision", 1);
  }

  @Override
  public OutwardView view(Hook hook) {
    return HookView.of(hook);
  }

  @Override
  public OutwardView created(Hook hook, JsonObject written) {
    return written.containsKey("secret")
        ? HookView.of(hook)
        : HookView.withSecret(hook, cipher.open(hook.secret()));
  }
}
