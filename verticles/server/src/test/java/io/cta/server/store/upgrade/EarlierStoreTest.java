package io.cta.server.store.upgrade;

import static io.cta.server.store.upgrade.StoreUpgradeContract.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.EntityRepository;
import io.cta.server.store.MigrationProgress;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.StoredDocument;
import io.cta.server.store.sqlite.SqliteSettings;
import io.cta.server.store.sqlite.SqliteStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The SQLite file that a server of commit b922936 left when it was killed. */
@Timeout(60)
class EarlierStoreTest {
  private static final String ZIP = "verticles/bench/src/test/resources/takeover/b922936.zip";
  private static final int EXECUTIONS = 14;

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private DocumentStore store;
  private Map<String, StoredDocument> before;

  @BeforeEach
  void open() throws IOException {
    try (ZipFile zip = new ZipFile(zip().toFile())) {
      for (String name : List.of("cta.db", "cta.db-wal", "cta.db-shm")) {
        ZipEntry entry = zip.getEntry("server/" + name);
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, dir.resolve(name));
        }
      }
    }
    store = opened("cta.db");
    before = documents(StoreCollections.EXECUTIONS);
    assertEquals(EXECUTIONS, before.size());
  }

  @AfterEach
  void close() {
    await(store.close());
    await(vertx.close());
  }

  @Test
  void eachExecutionHasItsSnapshotAsItWasInADocumentOfItsOwn() {
    await(new StoreUpgrade(store).run());
    checkUpgraded();
  }

  @Test
  void everyDocumentIsReadAsARecordOfToday() {
    await(new StoreUpgrade(store).run());
    StoreRepositories stores = new StoreRepositories(store);
    List<EntityRepository<?>> all =
        List.of(
            stores.users,
            stores.groups,
            stores.machines,
            stores.tests,
            stores.configurations,
            stores.testsuites,
            stores.scenarios,
            stores.schedules,
            stores.executions,
            stores.tasks,
            stores.statuses,
            stores.logs,
            stores.tokens);
    for (EntityRepository<?> one : all) {
      AtomicInteger read = new AtomicInteger();
      await(one.each(everything(one.spec()), entity -> read.incrementAndGet()));
      assertEquals(documents(one.spec()).size(), read.get(), one.spec().name());
      assertTrue(read.get() > 0, one.spec().name());
    }
    before.keySet().forEach(id -> assertNotNull(await(stores.specs.get(id)).snapshot()));
  }

  @Test
  void anUpgradeThatDiesAtAnyWriteLosesNothingAndGoesOn() {
    int deaths = 0;
    while (diesAfter(deaths)) {
      deaths++;
      await(store.close());
      store = opened("cta.db");
      Map<String, StoredDocument> specs = documents(StoreCollections.EXECUTION_SPECS);
      documents(StoreCollections.EXECUTIONS)
          .forEach((id, now) -> assertEquals(snapshot(before.get(id)), snapshot(now, specs)));
    }
    assertTrue(deaths > 3, "deaths: " + deaths);
    checkUpgraded();
  }

  @Test
  void theNextStartChangesNothing() {
    await(new StoreUpgrade(store).run());
    List<Map<String, StoredDocument>> upgraded = everyDocument();
    await(store.close());
    store = opened("cta.db");
    await(new StoreUpgrade(store).run());
    assertEquals(upgraded, everyDocument());
  }

  @Test
  void itsTablesAndIndexesBecomeThoseOfANewFile() throws SQLException {
    await(store.close());
    await(opened("new.db").close());
    List<String> fresh = schema("new.db");
    assertTrue(fresh.contains("executions.body TEXT"), fresh::toString);
    assertEquals(fresh, schema("cta.db"));
    store = opened("cta.db");
  }

  private void checkUpgraded() {
    Map<String, StoredDocument> specs = documents(StoreCollections.EXECUTION_SPECS);
    Map<String, StoredDocument> executions = documents(StoreCollections.EXECUTIONS);
    assertEquals(before.keySet(), specs.keySet());
    assertEquals(before.keySet(), executions.keySet());
    before.forEach(
        (id, then) -> {
          JsonObject expected = then.body().copy();
          JsonObject snapshot = (JsonObject) expected.remove("snapshot");
          JsonObject timeouts = snapshot.getJsonObject("scenario").getJsonObject("timeouts");
          expected.put("running", timeouts.getString("running"));
          assertEquals(expected, executions.get(id).body());
          assertEquals(then.version() + 1, executions.get(id).version(), "written once");
          JsonObject spec = specs.get(id).body();
          assertEquals(snapshot, spec.getJsonObject("snapshot"));
          for (String field : List.of("id", "requestedBy", "requestedAt", "rerunOf")) {
            assertEquals(then.body().getString(field), spec.getString(field), field);
          }
        });
  }

  /**
   * Runs the upgrade, one execution a page, on a store that carries out so many calls that write.
   *
   * @return whether that was too few
   */
  private boolean diesAfter(int writes) {
    AtomicInteger left = new AtomicInteger(writes);
    InvocationHandler dying =
        (proxy, method, args) -> {
          if (method.getName().equals("applySteps")) {
            // step by step, by apply
            return InvocationHandler.invokeDefault(proxy, method, args);
          }
          if (method.getName().equals("apply") && left.getAndDecrement() <= 0) {
            return Future.failedFuture(new IllegalStateException("killed"));
          }
          return method.invoke(store, args);
        };
    DocumentStore mortal =
        (DocumentStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DocumentStore.class}, dying);
    StoreUpgrade upgrade = new StoreUpgrade(mortal, List.of(new SpecStep()), 1);
    Future<Void> run = upgrade.run();
    await(run.otherwiseEmpty());
    if (run.failed()) {
      assertEquals("killed", run.cause().getMessage());
    }
    return run.failed();
  }

  private static JsonObject snapshot(StoredDocument execution) {
    return execution.body().getJsonObject("snapshot");
  }

  private static JsonObject snapshot(StoredDocument execution, Map<String, StoredDocument> specs) {
    JsonObject own = snapshot(execution);
    return own != null ? own : snapshot(specs.get(execution.id()));
  }

  private List<Map<String, StoredDocument>> everyDocument() {
    List<Map<String, StoredDocument>> all = new ArrayList<>();
    StoreCollections.ALL.forEach(collection -> all.add(documents(collection)));
    all.add(documents(StoreUpgrade.COLLECTION));
    return all;
  }

  private Map<String, StoredDocument> documents(CollectionSpec collection) {
    Map<String, StoredDocument> out = new TreeMap<>();
    await(store.find(everything(collection))).items().forEach(one -> out.put(one.id(), one));
    return out;
  }

  private static DocumentQuery everything(CollectionSpec collection) {
    return DocumentQuery.of(collection, DocumentFilter.ALL, 1_000);
  }

  private DocumentStore opened(String file) {
    DocumentStore opened = new SqliteStore(vertx, SqliteSettings.of(dir.resolve(file)));
    List<CollectionSpec> all = new ArrayList<>(StoreCollections.ALL);
    all.add(MigrationProgress.COLLECTION);
    all.add(StoreUpgrade.COLLECTION);
    await(opened.prepare(all));
    return opened;
  }

  /** Indexes, and columns in whatever order they came to be. */
  private List<String> schema(String file) throws SQLException {
    String sql =
        "SELECT name || ': ' || sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            + " UNION SELECT tables.name || '.' || columns.name || ' ' || columns.type"
            + " FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns"
            + " WHERE tables.type = 'table' ORDER BY 1";
    List<String> out = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve(file));
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        out.add(rows.getString(1));
      }
    }
    return out;
  }

  private static Path zip() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve(ZIP))) {
      at = at.getParent();
    }
    return at.resolve(ZIP);
  }
}
