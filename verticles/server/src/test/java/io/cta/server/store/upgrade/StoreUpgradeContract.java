package io.cta.server.store.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AskedExecution;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store of an earlier version is brought to the present form, whichever store it is. */
@Timeout(60)
abstract class StoreUpgradeContract {
  private static final int EXECUTIONS = 25;

  private final List<UpgradeStep> specs = List.of(new SpecStep());
  protected Vertx vertx;
  private DocumentStore store;
  private StoreRepositories stores;

  abstract DocumentStore empty() throws Exception;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    store = empty();
    List<CollectionSpec> all = new ArrayList<>(StoreCollections.ALL);
    all.add(StoreUpgrade.COLLECTION);
    await(store.prepare(all));
    stores = new StoreRepositories(store);
    List<DocumentWrite> old = new ArrayList<>();
    for (int i = 0; i < EXECUTIONS; i++) {
      old.add(new DocumentWrite.Insert(StoreCollections.EXECUTIONS, id(i), 7, execution(i)));
    }
    await(store.apply(old));
  }

  @AfterEach
  void close() {
    await(store.close());
    await(vertx.close());
  }

  @Test
  void snapshotsGetDocumentsOfTheirOwn() {
    await(new StoreUpgrade(store, specs, 10).run());
    all();
  }

  @Test
  void anUpgradeThatWasCutOffGoesOnWhereItWas() {
    List<String> pages = new ArrayList<>();
    UpgradeStep dying =
        new UpgradeStep() {
          @Override
          public String name() {
            return "dying";
          }

          @Override
          public Future<Page> page(DocumentStore of, String after, int limit) {
            pages.add(String.valueOf(after));
            return pages.size() == 4
                ? Future.failedFuture(new IllegalStateException("killed"))
                : specs.get(0).page(of, after, limit);
          }
        };
    StoreUpgrade first = new StoreUpgrade(store, List.of(dying), 3);
    assertThrows(IllegalStateException.class, () -> await(first.run()));
    await(new StoreUpgrade(store, List.of(dying), 3).run());
    assertEquals(pages.get(3), pages.get(4), "the page that failed comes first");
    assertEquals(1, pages.stream().filter("null"::equals).count(), "none is done again");
    all();
  }

  @Test
  void twoServersMayDoItAtOnce() {
    await(
        Future.all(
            new StoreUpgrade(store, specs, 2).run(), new StoreUpgrade(store, specs, 3).run()));
    all();
  }

  @Test
  void anUpgradedStoreIsLeftAlone() {
    await(new StoreUpgrade(store).run());
    StoredDocument before = document(3);
    await(new StoreUpgrade(store).run());
    assertEquals(before, document(3));
  }

  @Test
  void aStoreOfALaterVersionIsRefused() {
    await(new StoreUpgrade(store, List.of(specs.get(0), specs.get(0)), 100).run());
    ServiceFailure failure =
        assertThrows(ServiceFailure.class, () -> await(new StoreUpgrade(store).run()));
    assertEquals(ErrorCode.CONFLICT, failure.code());
    assertTrue(failure.getMessage().contains("later version"), failure.getMessage());
  }

  private void all() {
    for (int i = 0; i < EXECUTIONS; i++) {
      AskedExecution asked =
          new AskedExecution(
              await(stores.executions.get(id(i))).value(), await(stores.specs.get(id(i))));
      assertEquals("test-" + i, asked.snapshot().tests().get(0).id());
      assertEquals("ann", asked.spec().requestedBy());
      assertEquals(asked.execution().requestedAt(), asked.spec().requestedAt());
      assertEquals(i % 2 == 0 ? "E-0" : null, asked.spec().rerunOf());
      assertEquals(Duration.ofMinutes(i + 1), asked.execution().running());
      assertNull(document(i).body().getValue("snapshot"));
      assertEquals(8, document(i).version());
    }
  }

  private StoredDocument document(int i) {
    return await(store.get(StoreCollections.EXECUTIONS, id(i))).orElseThrow();
  }

  private static String id(int i) {
    return "E-" + i;
  }

  private static JsonObject execution(int i) {
    JsonObject scenario =
        new JsonObject()
            .put("id", "S")
            .put("name", "nightly")
            .put("suite", "suite")
            .put("configuration", "any")
            .put("timeouts", new JsonObject().put("running", (i + 1) + "m"));
    JsonObject stage = new JsonObject().put("run", "true");
    JsonObject test =
        new JsonObject()
            .put("id", "test-" + i)
            .put("name", "t")
            .put("stages", new JsonArray().add(stage));
    JsonObject body =
        new JsonObject()
            .put("id", id(i))
            .put("scenarioId", "S")
            .put("scenarioName", "nightly")
            .put("mode", "mono")
            .put("state", "finished")
            .put("requestedBy", "ann")
            .put("requestedAt", "2026-11-28T10:00:00.000Z")
            .put(
                "snapshot",
                new JsonObject()
                    .put("scenario", scenario)
                    .put("configuration", new JsonObject().put("name", "any").put("mode", "mono"))
                    .put("suiteName", "suite")
                    .put("tests", new JsonArray().add(test)));
    return i % 2 == 0 ? body.put("rerunOf", "E-0") : body;
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }
}
