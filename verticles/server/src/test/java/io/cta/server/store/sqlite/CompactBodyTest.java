package io.cta.server.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A row holds each field once, and a document comes back as it was. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CompactBodyTest {
  private static final Field OWNER = new Field("owner", Type.TEXT);
  private static final Field SIZE = new Field("size", Type.NUMBER);
  private static final Field DONE = new Field("done", Type.BOOLEAN);
  private static final Field TAGS = new Field("tags", Type.TEXTS);
  private static final Field INNER = new Field("counts.failed", Type.NUMBER);
  private static final CollectionSpec THINGS = things(OWNER, SIZE, DONE, TAGS, INNER);

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private SqliteStore store;

  @BeforeEach
  void open() {
    open(THINGS);
  }

  @AfterEach
  void close() {
    store.close().await();
    vertx.close().await();
  }

  @Test
  void plainFieldsAreInTheirColumnsOnly() throws Exception {
    JsonObject all =
        new JsonObject()
            .put("id", "a")
            .put("owner", "quote \" and \\ and \u0000")
            .put("size", 7)
            .put("done", false)
            .put("tags", new JsonArray().add("x"))
            .put("counts", new JsonObject().put("failed", 2))
            .put("text", "rest");
    insert(all);
    assertEquals(all, get("a"));
    assertEquals(",\"tags\":[\"x\"],\"counts\":{\"failed\":2},\"text\":\"rest\"}", body("a"));
    insert(new JsonObject().put("id", "b").put("owner", "o"));
    assertEquals(new JsonObject().put("id", "b").put("owner", "o"), get("b"));
    assertEquals(",}", body("b"));
  }

  @Test
  void whatAColumnDoesNotGiveBackStaysInTheBody() throws Exception {
    for (JsonObject odd :
        List.of(
            new JsonObject().put("id", "rocket").put("owner", "🚀"),
            new JsonObject().put("id", "half").put("size", 0.5),
            new JsonObject().put("id", "whole").put("size", 1.0))) {
      insert(odd);
      assertEquals(odd, get(odd.getString("id")));
    }
    assertTrue(body("rocket").startsWith("{"), body("rocket"));
  }

  @Test
  void bodiesOfAnEarlierVersionAreReadAndOmittedFieldsAreNot() throws Exception {
    store.close().await();
    sql(
        "INSERT INTO things(id,version,\"f.owner\",body) VALUES('old',3,'o','{\"id\":\"old\",\"owner\":\"o\",\"text\":\"t\"}')");
    open(THINGS);
    insert(new JsonObject().put("id", "new").put("owner", "o").put("text", "t").put("size", 1));
    insert(new JsonObject().put("id", "only").put("text", "t"));
    DocumentQuery query = DocumentQuery.of(THINGS, DocumentFilter.ALL, 10).omitting("text", "size");
    List<JsonObject> found =
        store.find(query).await().items().stream().map(StoredDocument::body).toList();
    assertEquals(
        List.of(
            new JsonObject().put("id", "new").put("owner", "o"),
            new JsonObject().put("id", "old").put("owner", "o"),
            new JsonObject().put("id", "only")),
        found);
  }

  @Test
  void aFieldThatIsNoLongerDeclaredStaysInTheDocumentsAndANewOneIsFound() {
    JsonObject all = new JsonObject().put("id", "a").put("owner", "o \"1\"").put("size", 5);
    JsonObject done = new JsonObject().put("id", "b").put("done", true).put("more", "m");
    JsonObject none = new JsonObject().put("id", "c").put("more", "n");
    List.of(all, done, none).forEach(this::insert);
    store.close().await();
    CollectionSpec fewer = things(new Field("more", Type.TEXT));
    open(fewer);
    assertEquals(all, get("a"));
    assertEquals(done, get("b"));
    assertEquals(none, get("c"));
    assertEquals(1, store.count(fewer, DocumentFilter.eq("more", "m")).await());
    store.close().await();
    open(THINGS);
    assertEquals(all, get("a"));
    assertEquals(1, store.count(THINGS, DocumentFilter.eq("size", 5)).await());
    assertEquals(1, store.count(THINGS, DocumentFilter.eq("done", true)).await());
  }

  private static CollectionSpec things(Field... fields) {
    return new CollectionSpec("things", List.of(fields), List.of(), List.of());
  }

  private void open(CollectionSpec spec) {
    store = new SqliteStore(vertx, SqliteSettings.of(directory.resolve("cta.db")));
    store.prepare(List.of(spec)).await();
  }

  private void insert(JsonObject body) {
    DocumentWrite write = new DocumentWrite.Insert(THINGS, body.getString("id"), body);
    assertEquals(List.of(DocumentWrite.Outcome.DONE), store.apply(List.of(write)).await());
  }

  private JsonObject get(String id) {
    return store.get(THINGS, id).await().orElseThrow().body();
  }

  private String body(String id) throws Exception {
    try (Connection file = connection();
        ResultSet rows =
            file.createStatement().executeQuery("SELECT body FROM things WHERE id='" + id + "'")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void sql(String statement) throws Exception {
    try (Connection file = connection();
        Statement run = file.createStatement()) {
      run.execute(statement);
    }
  }

  private Connection connection() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("cta.db"));
  }
}
