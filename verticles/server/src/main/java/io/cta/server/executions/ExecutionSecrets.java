package io.cta.server.executions;

import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.Repository;
import io.cta.domain.Scenario;
import io.cta.domain.Secret;
import io.cta.error.ServiceFailure;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the secrets that an execution may use. Safe from any event loop. */
public final class ExecutionSecrets {
  private final StoreRepositories stores;

  public ExecutionSecrets(StoreRepositories stores) {
    this.stores = stores;
  }

  /**
   * The secrets that the execution names, by their names as it says them; fails with INVALID,
   * naming the place, when one does not exist or is not for its scenario.
   */
  public Future<Map<String, Secret>> find(ExecutionSnapshot snapshot) {
    return find(
        SecretReferences.of(snapshot.secrets(), snapshot.inputs(), snapshot.outputs()),
        snapshot.scenario());
  }

  /**
   * As above, those that the scenario itself names for what follows an execution. They stay on the
   * server.
   */
  public Future<Map<String, Secret>> find(Scenario scenario) {
    return find(SecretReferences.of(scenario), scenario);
  }

  /** As above, those of one place to which the scenario's results go. */
  public Future<Map<String, Secret>> find(Repository to, Scenario scenario) {
    return find(to.secretNames(), scenario);
  }

  private Future<Map<String, Secret>> find(Map<String, String> named, Scenario scenario) {
    Map<String, Secret> found = new LinkedHashMap<>();
    Future<Void> done = Future.succeededFuture();
    for (Map.Entry<String, String> one : named.entrySet()) {
      done =
          done.compose(
              v ->
                  allowed(one.getKey(), one.getValue(), scenario)
                      .map(
                          secret -> {
                            found.put(one.getValue(), secret);
                            return null;
                          }));
    }
    return done.map(found);
  }

  private Future<Secret> allowed(String place, String name, Scenario scenario) {
    return IdOrNameLookup.find(stores.secrets, name)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.failedFuture(refusal(place, name, scenario));
              }
              Secret secret = found.get().value();
              return isFor(secret, scenario)
                  .compose(
                      may ->
                          may
                              ? Future.succeededFuture(secret)
                              : Future.failedFuture(refusal(place, name, scenario)));
            });
  }

  /** The same text whether there is none or it is not for this scenario. */
  private static ServiceFailure refusal(String place, String name, Scenario scenario) {
    return ServiceFailure.invalid(
        place, "names no secret that scenario " + scenario.name() + " may use: " + name);
  }

  private Future<Boolean> isFor(Secret secret, Scenario scenario) {
    if (secret.scenario() != null) {
      return Future.succeededFuture(
          secret.scenario().equals(scenario.id()) || secret.scenario().equals(scenario.name()));
    }
    if (secret.group() == null) {
      return Future.succeededFuture(true);
    }
    if (scenario.group() == null) {
      return Future.succeededFuture(false);
    }
    return secret.group().equals(scenario.group())
        ? Future.succeededFuture(true)
        : groupId(secret.group())
            .compose(one -> groupId(scenario.group()).map(other -> one.equals(other)));
  }

  private Future<String> groupId(String key) {
    return IdOrNameLookup.find(stores.groups, key)
        .map(found -> found.map(group -> group.value().id()).orElse("no group " + key));
  }
}
