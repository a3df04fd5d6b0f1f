package io.cta.server.executions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.ScopeRevisions;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * Caches recently started scenarios with everything they refer to, by the id or name that was asked
 * for. An entry is valid for one revision of the definitions: after any change of a definition, on
 * this node or another, it is read again. Safe from any event loop.
 */
final class ScenarioCache {
  private static final int MAX_TESTS = 200_000;

  private final DocumentStore store;
  private final Function<String, Future<ResolvedScenario>> reader;
  private final Cache<String, Entry> entries =
      Caffeine.newBuilder()
          .maximumWeight(MAX_TESTS)
          .weigher((String key, Entry entry) -> entry.scenario.weight())
          .executor(Runnable::run)
          .build();

  private record Entry(long revision, ResolvedScenario scenario) {}

  /**
   * @param reader reads a scenario and all that it refers to from the store
   */
  ScenarioCache(DocumentStore store, Function<String, Future<ResolvedScenario>> reader) {
    this.store = store;
    this.reader = reader;
  }

  /** The scenario as it is defined now. */
  Future<ResolvedScenario> get(String key) {
    return store
        .revision(ScopeRevisions.DEFINITIONS)
        .compose(
            now -> {
              Entry known = entries.getIfPresent(key);
              return known != null && known.revision == now
                  ? Future.succeededFuture(known.scenario)
                  : read(key, now);
            });
  }

  private Future<ResolvedScenario> read(String key, long before) {
    return reader
        .apply(key)
        .compose(
            scenario ->
                store
                    .revision(ScopeRevisions.DEFINITIONS)
                    .map(
                        after -> {
                          // otherwise some parts may be older than others: do not cache it
                          if (after == before) {
                            entries.put(key, new Entry(after, scenario));
                          }
                          return scenario;
                        }));
  }
}
