package io.cta.server.api.executions;

import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionChain;
import io.cta.domain.ExecutionSource;
import io.cta.domain.ExecutionTimeouts;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.executions.ChainClaim;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.executions.ScenarioStartRequest;
import io.cta.server.executions.ScenarioStartRequestBuilder;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.executions.ExecutionView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Starts scenarios and repeats executions, each once for an {@code Idempotency-Key}. */
public final class ExecutionStartResource {
  private final StoreRepositories stores;
  private final ExecutionStarter starter;
  private final FailedTests failedTests;

  public ExecutionStartResource(StoreRepositories stores, ExecutionStarter starter) {
    this.stores = stores;
    this.starter = starter;
    failedTests = new FailedTests(stores);
  }

  public void register(OperationRegistry operations) {
    operations.making("startExecution", this::start, this::existing);
    operations.making("rerunExecution", this::rerun, this::existing);
  }

  private Future<ApiResponse> start(ApiRequest call, String id, DocumentWrite reservation) {
    return chain(call.header(ChainClaim.HEADER))
        .compose(chain -> starter.start(request(call, id, chain), reservation))
        .map(ExecutionStartResource::accepted);
  }

  private static ScenarioStartRequest request(ApiRequest call, String id, ExecutionChain chain) {
    JsonObject body = call.body();
    return ScenarioStartRequestBuilder.builder()
        .executionId(id)
        .scenario(body.getString("scenario"))
        .parameters(texts(body, "parameters"))
        .priority(body.getInteger("priority"))
        .timeouts(part(body, "timeouts", ExecutionTimeouts.class))
        .requestedBy(call.who().name())
        .ref(body.getString("ref"))
        .inputs(texts(body, "inputs"))
        .source(part(body, "source", ExecutionSource.class))
        .chain(chain)
        .build();
  }

  /** The chain that the execution goes on; null for a request that comes from no execution. */
  private Future<ExecutionChain> chain(String header) {
    if (header == null) {
      return Future.succeededFuture();
    }
    ChainClaim claim = ChainClaim.parse(header);
    return stores
        .executions
        .find(claim.executionId())
        .map(parent -> claim.of(parent.map(VersionedEntity::value)));
  }

  private Future<ApiResponse> rerun(ApiRequest call, String id, DocumentWrite reservation) {
    boolean failed = "failed".equals(call.body().getString("only"));
    return stores
        .executions
        .get(call.path("id"))
        .map(VersionedEntity::value)
        .compose(
            original -> {
              if (!original.state().terminal()) {
                throw new ServiceFailure(ErrorCode.CONFLICT, "the execution is not over yet");
              }
              return repeat(
                  original,
                  failed ? failedTests.of(original) : Future.succeededFuture(),
                  (asked, tests) ->
                      starter.repeat(asked, tests, id, call.who().name(), reservation));
            })
        .map(ExecutionStartResource::accepted);
  }

  private Future<AskedExecution> repeat(
      Execution original,
      Future<Set<String>> tests,
      BiFunction<AskedExecution, Set<String>, Future<AskedExecution>> start) {
    return tests.compose(
        some ->
            stores
                .specs
                .get(original.id())
                .compose(spec -> start.apply(new AskedExecution(original, spec), some)));
  }

  private Future<Optional<ApiResponse>> existing(String id) {
    return stores
        .executions
        .find(id)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : stores
                        .specs
                        .get(id)
                        .map(spec -> new AskedExecution(found.get().value(), spec))
                        .map(asked -> Optional.of(accepted(asked))));
  }

  private static <T> T part(JsonObject body, String field, Class<T> type) {
    return body.containsKey(field) ? JsonMapping.fromObject(body.getJsonObject(field), type) : null;
  }

  private static Map<String, String> texts(JsonObject body, String field) {
    return body.getJsonObject(field, new JsonObject()).stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> (String) e.getValue()));
  }

  private static ApiResponse accepted(AskedExecution asked) {
    return ApiResponse.of(202, ExecutionView.of(asked))
        .with("Location", "/api/v1/executions/" + asked.id());
  }
}
