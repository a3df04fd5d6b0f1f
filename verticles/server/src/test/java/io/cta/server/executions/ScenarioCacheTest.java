package io.cta.server.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.domain.ConfigurationBuilder;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.RunMode;
import io.cta.domain.ScenarioBuilder;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.ScopeRevisions;
import io.cta.server.store.StoreCollections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A scenario is read again once anything that people define has changed. */
@Timeout(30)
class ScenarioCacheTest {
  private final Vertx vertx = Vertx.vertx();
  private final DocumentStore store = new MemoryStore(vertx);
  private final List<String> read = new ArrayList<>();
  private Supplier<Future<?>> whileReading = Future::succeededFuture;
  private final ScenarioCache cache = new ScenarioCache(store, this::read);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aScenarioIsReadOnceUntilADefinitionChanges() {
    ResolvedScenario first = cache.get("nightly").await();
    assertSame(first, cache.get("nightly").await());
    cache.get("other").await();
    assertEquals(List.of("nightly", "other"), read);
    define("g").await();
    cache.get("nightly").await();
    assertEquals(List.of("nightly", "other", "nightly"), read);
  }

  @Test
  void whatWasReadWhileADefinitionChangedIsNotKept() {
    whileReading = () -> define("h");
    cache.get("nightly").await();
    whileReading = Future::succeededFuture;
    cache.get("nightly").await();
    cache.get("nightly").await();
    assertEquals(List.of("nightly", "nightly"), read);
  }

  @Test
  void whatCannotBeReadIsNotKept() {
    whileReading = () -> Future.failedFuture(new IllegalStateException("gone"));
    assertThrows(IllegalStateException.class, () -> cache.get("nightly").await());
    whileReading = Future::succeededFuture;
    cache.get("nightly").await();
    assertEquals(2, read.size());
  }

  private Future<?> define(String group) {
    JsonObject body = new JsonObject().put("name", group);
    DocumentWrite write = new DocumentWrite.Insert(StoreCollections.GROUPS, group, body);
    return store
        .revision(ScopeRevisions.DEFINITIONS)
        .compose(now -> store.together(ScopeRevisions.DEFINITIONS, now, List.of(write)));
  }

  private Future<ResolvedScenario> read(String key) {
    read.add(key);
    return whileReading
        .get()
        .map(
            done ->
                new ResolvedScenario(
                    new ExecutionSnapshot(
                        ScenarioBuilder.builder().name(key).suite("s").configuration("c").build(),
                        ConfigurationBuilder.builder().name("c").mode(RunMode.MONO).build(),
                        "s",
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of()),
                    Map.of(),
                    false,
                    0));
  }
}
