package io.cta.server.api.executions;

import io.cta.domain.AttemptRef;
import io.cta.domain.Secret;
import io.cta.server.api.access.AttemptOwnership;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.executions.ExecutionSecrets;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.access.OpenedSecretsView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives an agent the secrets of the attempt that it runs. They go neither through a broker nor into
 * a journal.
 */
public final class AttemptSecretsResource {
  private final StoreRepositories stores;
  private final ExecutionSecrets secrets;
  private final SecretCipher cipher;

  public AttemptSecretsResource(StoreRepositories stores, SecretCipher cipher) {
    this.stores = stores;
    this.secrets = new ExecutionSecrets(stores);
    this.cipher = cipher;
  }

  public void register(OperationRegistry operations) {
    operations.on("openSecrets", this::open);
  }

  private Future<ApiResponse> open(ApiRequest call) {
    JsonObject body = call.body();
    AttemptRef attempt =
        new AttemptRef(
            body.getString("taskId"), body.getInteger("attempt"), body.getString("token"));
    return stores
        .tasks
        .get(attempt.taskId())
        .compose(
            found -> {
              AttemptOwnership.require(call.who().machineId(), found.value(), attempt);
              return stores.specs.get(found.value().executionId());
            })
        .compose(spec -> secrets.find(spec.snapshot()))
        .map(this::opened)
        .map(view -> ApiResponse.ok(view).with("Cache-Control", "no-store"));
  }

  private OpenedSecretsView opened(Map<String, Secret> found) {
    Map<String, String> values = new LinkedHashMap<>();
    found.forEach((name, secret) -> values.put(name, cipher.open(secret.sealed())));
    return new OpenedSecretsView(values);
  }
}
