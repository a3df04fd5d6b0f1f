package io.cta.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.mongo.MongoServer;
import io.cta.domain.IdGenerator;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.MigrationProgress;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoredDocument;
import io.cta.server.store.mongo.EmbeddedMongoServer;
import io.cta.server.store.mongo.MongoSettings;
import io.cta.server.store.mongo.MongoStore;
import io.cta.server.store.sqlite.SqliteSettings;
import io.cta.server.store.sqlite.SqliteStore;
import io.cta.time.MonotonicClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code cta admin migrate} between a SQLite file and a MongoDB-compatible database. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MigrateTest {
  @TempDir private Path dir;

  private final Vertx vertx = Vertx.vertx();
  private final MongoServer mongo = EmbeddedMongoServer.started();
  private final String database = "cta-" + IdGenerator.next();
  private String url;

  private record CommandResult(int code, String out, String err) {}

  @BeforeEach
  void start() {
    url = "mongodb://127.0.0.1:" + mongo.getLocalAddress().getPort();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
    mongo.shutdownNow();
  }

  @Test
  void everythingArrivesWithItsVersionAndComesBackTheSame() throws Exception {
    List<StoredDocument> all = fill(sqlite("a"), 1_300);
    CommandResult first = migrate("sqlite:" + dir.resolve("a"), url);
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().contains("statuses: 1300 documents, the same, "), first.out());
    assertTrue(first.out().endsWith(dir.resolve("a/cta.db") + "\n"), first.out());
    try (OpenStore target = open(mongo())) {
      assertEquals(all.get(0), target.find(StoreCollections.STATUSES).get(0));
      assertEquals(7, target.find(StoreCollections.USERS).get(0).version());
    }
    CommandResult back = migrate(url, "sqlite:" + dir.resolve("b/cta.db"));
    assertEquals(0, back.code(), back.err());
    assertEquals(same(first.out()), same(back.out()));
  }

  @Test
  void aRunThatWasKilledGoesOnAndEndsRight() throws Exception {
    fill(sqlite("a"), 5_000);
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.cta.server.launch.Main",
                "admin",
                "migrate",
                "--from",
                "sqlite:" + dir.resolve("a"),
                "--to",
                url,
                "--database",
                database)
            .redirectErrorStream(true)
            .start();
    StringBuilder output = new StringBuilder();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && !line.equals("statuses: 2500 copied so far")) {
        output.append(line).append('\n');
        line = out.readLine();
      }
      process.destroyForcibly();
      assertTrue(line != null, output.toString());
    }
    process.waitFor();
    try (OpenStore target = open(mongo())) {
      MigrationProgress migrationProgress =
          MigrationProgress.of(target.find(MigrationProgress.COLLECTION).get(0));
      assertFalse(migrationProgress.finished());
      assertTrue(
          MigrationProgress.hindrance(target.mark())
              .orElseThrow()
              .contains("half a copy of sqlite:"));
    }
    // as if a page had been written and its progress not
    try (OpenStore target = open(mongo())) {
      StoredDocument mark = target.find(MigrationProgress.COLLECTION).get(0);
      String after = mark.body().getJsonObject("after").getString("statuses");
      JsonObject body = mark.body().copy();
      body.getJsonObject("after")
          .put("statuses", "E-" + number(Integer.parseInt(after.substring(2)) - 700));
      target.apply(
          new DocumentWrite.Replace(
              MigrationProgress.COLLECTION, MigrationProgress.ID, mark.version(), body));
    }
    CommandResult again = migrate("sqlite:" + dir.resolve("a"), url);
    assertEquals(0, again.code(), again.err());
    assertTrue(again.out().startsWith("going on where an earlier run stopped\n"), again.out());
    assertTrue(again.out().contains("statuses: 5000 documents, the same, "), again.out());
    try (OpenStore target = open(mongo())) {
      assertTrue(MigrationProgress.hindrance(target.mark()).isEmpty());
    }
  }

  @Test
  void aStoreThatAServerWorksOnIsRefused() throws Exception {
    fill(sqlite("a"), 1);
    try (OpenStore server = open(sqlite("a"))) {
      assertEquals(1, server.find(StoreCollections.USERS).size());
      CommandResult commandResult = migrate("sqlite:" + dir.resolve("a"), url);
      assertEquals(69, commandResult.code());
      assertTrue(
          commandResult.err().contains("cta.db is in use by another server"), commandResult.err());
    }
  }

  @Test
  void aSourceThatHoldsNothingIsRefusedBecauseItsNameMustBeWrong() {
    CommandResult commandResult = migrate(url + "/elsewhere", "sqlite:" + dir.resolve("c"));
    assertEquals(1, commandResult.code());
    assertEquals("cta: there is nothing in " + url + "/" + database + "\n", commandResult.err());
  }

  @Test
  void aTargetThatHoldsOtherDataIsRefusedAndLeftAsItIs() throws Exception {
    fill(sqlite("a"), 1);
    fill(mongo(), 2);
    CommandResult commandResult = migrate("sqlite:" + dir.resolve("a"), url);
    assertEquals(1, commandResult.code());
    assertEquals("cta: the target holds other data, in users\n", commandResult.err());
    try (OpenStore target = open(mongo())) {
      assertEquals(2, target.find(StoreCollections.STATUSES).size());
    }
  }

  @Test
  void aTargetHalfFilledFromElsewhereOrFilledAlreadyIsRefused() throws Exception {
    fill(sqlite("a"), 1);
    fill(sqlite("b"), 1);
    assertEquals(0, migrate("sqlite:" + dir.resolve("a"), url).code());
    assertEquals(
        "cta: the target was filled from sqlite:" + dir.resolve("a/cta.db") + " already\n",
        migrate("sqlite:" + dir.resolve("a"), url).err());
    try (OpenStore target = open(mongo())) {
      MigrationProgress half =
          new MigrationProgress("sqlite:" + dir.resolve("a/cta.db"), new JsonObject(), false);
      target.apply(
          new DocumentWrite.Replace(
              MigrationProgress.COLLECTION,
              MigrationProgress.ID,
              target.mark().orElseThrow().version(),
              half.body()));
    }
    assertEquals(
        "cta: the target is half a copy of sqlite:" + dir.resolve("a/cta.db") + "\n",
        migrate("sqlite:" + dir.resolve("b"), url).err());
    assertTrue(
        migrate(url, "sqlite:" + dir.resolve("c")).err().contains("source is itself half a copy"));
  }

  @Test
  void aSourceThatChangedBetweenTheRunsIsFoundOut() throws Exception {
    fill(sqlite("a"), 3);
    assertEquals(0, migrate("sqlite:" + dir.resolve("a"), url).code());
    try (OpenStore target = open(mongo())) {
      StoredDocument mark = target.mark().orElseThrow();
      MigrationProgress half =
          new MigrationProgress(
              MigrationProgress.of(mark).from(), MigrationProgress.of(mark).after(), false);
      target.apply(
          new DocumentWrite.Replace(
              MigrationProgress.COLLECTION, MigrationProgress.ID, mark.version(), half.body()));
    }
    try (OpenStore source = open(sqlite("a"))) {
      JsonObject body = new JsonObject().put("id", "E-0000001").put("executionId", "E");
      source.apply(new DocumentWrite.Replace(StoreCollections.STATUSES, "E-0000001", 1, body));
    }
    CommandResult commandResult = migrate("sqlite:" + dir.resolve("a"), url);
    assertEquals(1, commandResult.code());
    assertTrue(
        commandResult.err().startsWith("cta: statuses differs: 3 documents ("),
        commandResult.err());
  }

  @Test
  void anAddressWithoutAStoreIsRefusedWithItsOption() {
    CommandResult commandResult = migrate("sqlite:" + dir.resolve("none"), url);
    assertEquals(64, commandResult.code());
    assertTrue(
        commandResult.err().startsWith("cta: --from names no store: there is no file "),
        commandResult.err());
    assertTrue(migrate("x:y", url).err().startsWith("cta: --from must be sqlite:DIRECTORY"));
    CommandResult unreachable =
        migrate("mongodb://u:secret@127.0.0.1:1/?serverSelectionTimeoutMS=200", url);
    assertEquals(69, unreachable.code());
    assertTrue(
        unreachable.err().startsWith("cta: no MongoDB server that takes writes"),
        unreachable.err());
    assertFalse(unreachable.err().contains("secret"), unreachable.err());
  }

  @Test
  void shardPrintsTheKeysAndAppliesThemOnARouterOnly() {
    CommandResult printed = run("shard", "--store-url", url);
    assertEquals(0, printed.code(), printed.err());
    assertTrue(
        printed.out().contains("tasks           {\"executionId\":\"hashed\",\"_id\":1}\n"),
        printed.out());
    assertTrue(printed.out().contains("users           -\n    stays whole: "), printed.out());
    assertTrue(printed.out().endsWith("--apply shards " + url + "/cta.\n"), printed.out());
    CommandResult applied = run("shard", "--store-url", url, "--apply");
    assertEquals(1, applied.code());
    assertTrue(applied.err().contains("is a single server, not a mongos"), applied.err());
  }

  private CommandResult migrate(String from, String to) {
    return run("migrate", "--from", from, "--to", to, "--database", database);
  }

  private static CommandResult run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new AdminCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new CommandResult(code, out.toString(), err.toString());
  }

  private static List<String> same(String out) {
    return out.lines().filter(line -> line.contains("the same")).toList();
  }

  private DocumentStore sqlite(String name) {
    return new SqliteStore(vertx, SqliteSettings.of(dir.resolve(name).resolve("cta.db")));
  }

  private DocumentStore mongo() {
    return new MongoStore(vertx, MongoSettings.of(url, database), MonotonicClock.system());
  }

  private List<StoredDocument> fill(DocumentStore store, int statuses) throws Exception {
    try (OpenStore openStore = open(store)) {
      JsonObject user = new JsonObject().put("id", "u").put("name", "ann");
      openStore.apply(new DocumentWrite.Insert(StoreCollections.USERS, "u", 7, user));
      List<DocumentWrite> all = new ArrayList<>();
      for (int i = 0; i < statuses; i++) {
        String id = "E-" + number(i);
        JsonObject body =
            new JsonObject()
                .put("id", id)
                .put("executionId", "E")
                .put("attempt", i % 3)
                .put("custom", custom(i));
        all.add(new DocumentWrite.Insert(StoreCollections.STATUSES, id, body));
      }
      openStore.apply(all.toArray(DocumentWrite[]::new));
      return openStore.find(StoreCollections.STATUSES);
    }
  }

  private static JsonObject custom(int i) {
    return new JsonObject()
        .put("whole", 2.0)
        .put("part", i / 7.0)
        .put("long", Long.MAX_VALUE - i)
        .put("huge", BigInteger.TWO.pow(80))
        .putNull("nothing")
        .put("a.b", "dot")
        .put("$x", new JsonArray().add(1).addNull().add(new JsonObject().put("_id", "é☃")));
  }

  private static String number(int i) {
    return String.format("%07d", i);
  }

  private OpenStore open(DocumentStore store) {
    List<CollectionSpec> all = new ArrayList<>(StoreCollections.ALL);
    all.add(MigrationProgress.COLLECTION);
    store.prepare(all).await();
    return new OpenStore(store);
  }

  private record OpenStore(DocumentStore store) implements AutoCloseable {
    List<StoredDocument> find(CollectionSpec spec) {
      return store.find(DocumentQuery.of(spec, DocumentFilter.ALL, 10_000)).await().items();
    }

    java.util.Optional<StoredDocument> mark() {
      return store.get(MigrationProgress.COLLECTION, MigrationProgress.ID).await();
    }

    void apply(DocumentWrite... writes) {
      store
          .apply(List.of(writes))
          .await()
          .forEach(outcome -> assertEquals(DocumentWrite.Outcome.DONE, outcome));
    }

    @Override
    public void close() {
      store.close().await();
    }
  }
}
