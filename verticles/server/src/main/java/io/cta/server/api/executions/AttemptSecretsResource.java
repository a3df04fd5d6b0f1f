package io.cta.server.api.executions;

import io.cta.domain.Secret;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.executions.ExecutionSecrets;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.security.TokenText;
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
    JsonObject attempt = call.body();
    return stores
        .tasks
        .get(attempt.getString("taskId"))
        .compose(
            found -> {
              Task task = found.value();
              if (!isRunBy(call.who().machineId(), task, attempt)) {
                throw new ServiceFailure(
                    ErrorCode.CONFLICT, "this is not an attempt that this machine runs");
              }
              return stores.specs.get(task.executionId());
            })
        .compose(spec -> secrets.find(spec.snapshot()))
        .map(this::opened)
        .map(view -> ApiResponse.ok(view).with("Cache-Control", "no-store"));
  }

  /**
   * Whether the machine has the current attempt. Of a group's queue any may take it: only the
   * fencing token, which came with the attempt, says that it did, until it has reported that.
   */
  private static boolean isRunBy(String machineId, Task task, JsonObject attempt) {
    return (task.machineId() == null || task.machineId().equals(machineId))
        && !task.state().terminal()
        && task.attempt() == attempt.getInteger("attempt")
        && task.token() != null
        && TokenText.same(task.token(), attempt.getString("token"));
  }

  private OpenedSecretsView opened(Map<String, Secret> found) {
    Map<String, String> values = new LinkedHashMap<>();
    found.forEach((name, secret) -> values.put(name, cipher.open(secret.sealed())));
    return new OpenedSecretsView(values);
  }
}
