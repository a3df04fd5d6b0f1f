package io.cta.server.dispatch;

import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads executions that another node has planned; never the same one twice at once. Event loop of
 * its verticle only.
 */
final class ExecutionLoader {
  private static final Logger log = LoggerFactory.getLogger(ExecutionLoader.class);

  private final StoreRepositories stores;
  private final Consumer<AskedExecution> found;
  private final Set<String> loading = new HashSet<>();

  /**
   * @param found takes what was read
   */
  ExecutionLoader(StoreRepositories stores, Consumer<AskedExecution> found) {
    this.stores = stores;
    this.found = found;
  }

  void load(String executionId) {
    if (!loading.add(executionId)) {
      return;
    }
    Future.all(stores.executions.get(executionId), stores.specs.get(executionId))
        .map(
            both ->
                new AskedExecution(
                    both.<VersionedEntity<Execution>>resultAt(0).value(), both.resultAt(1)))
        .onSuccess(found::accept)
        .onFailure(e -> log.warn("tasks without execution [execution: {}]", executionId, e))
        .onComplete(v -> loading.remove(executionId));
  }
}
