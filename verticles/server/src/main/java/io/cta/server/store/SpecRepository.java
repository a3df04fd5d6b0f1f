package io.cta.server.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cta.domain.ExecutionSpec;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * What executions were asked to run. Specs never change, so those that were used lately are kept in
 * memory, up to a number of tests in all. Same thread rules as {@link DocumentStore}.
 */
public final class SpecRepository {
  private static final int MAX_TESTS = 200_000;

  private final EntityRepository<ExecutionSpec> specs;
  private final Cache<String, ExecutionSpec> known =
      Caffeine.newBuilder()
          .maximumWeight(MAX_TESTS)
          .weigher((String id, ExecutionSpec spec) -> 1 + spec.snapshot().tests().size())
          .executor(Runnable::run)
          .build();

  SpecRepository(DocumentStore store) {
    specs = new EntityRepository<>(store, StoreCollections.EXECUTION_SPECS, ExecutionSpec.class);
  }

  public DocumentWrite inserting(ExecutionSpec spec) {
    return specs.inserting(spec.id(), spec);
  }

  /** Takes in a spec that has just been stored. */
  public void stored(ExecutionSpec spec) {
    known.put(spec.id(), spec);
  }

  /** The spec of an execution, or a NOT_FOUND failure. */
  public Future<ExecutionSpec> get(String executionId) {
    return find(executionId)
        .map(
            found ->
                found.orElseThrow(() -> ServiceFailure.notFound("executionSpec", executionId)));
  }

  public Future<Optional<ExecutionSpec>> find(String executionId) {
    ExecutionSpec spec = known.getIfPresent(executionId);
    return spec != null
        ? Future.succeededFuture(Optional.of(spec))
        : specs
            .find(executionId)
            .map(found -> found.map(VersionedEntity::value))
            .onSuccess(found -> found.ifPresent(this::stored));
  }
}
