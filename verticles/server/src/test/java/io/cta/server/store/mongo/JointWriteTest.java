package io.cta.server.store.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoredDocument;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JointWriteTest {
  private static final CollectionSpec THINGS =
      new CollectionSpec("things", List.of(), List.of(), List.of());
  private static final JsonObject BEFORE = body("cron", "1", "nextAt", "old", "note", "n");
  private static final JsonObject WANTED = body("cron", "2", "nextAt", "old");
  private static final JointWrite REPLACE =
      new JointWrite(new DocumentWrite.Replace(THINGS, "a", 3, WANTED), BEFORE);

  private static JsonObject body(String... pairs) {
    JsonObject body = new JsonObject().put("id", "a");
    for (int i = 0; i < pairs.length; i += 2) {
      body.put(pairs[i], pairs[i + 1]);
    }
    return body;
  }

  private static Optional<DocumentWrite> left(JointWrite write, long version, JsonObject stored) {
    return write.next(stored == null ? null : new StoredDocument("a", version, stored));
  }

  @Test
  void aReplaceThatIsNotDoneYetIsLeft() {
    DocumentWrite.Replace next = (DocumentWrite.Replace) left(REPLACE, 3, BEFORE).orElseThrow();
    assertEquals(3, next.version());
    JsonObject body = next.body().copy();
    body.remove("note");
    assertEquals(WANTED, body);
    assertEquals(null, next.body().getValue("note"));
  }

  @Test
  void nothingIsLeftOfAReplaceThatIsDoneBeWhatItMayThatCameLater() {
    assertEquals(Optional.empty(), left(REPLACE, 4, WANTED));
    assertEquals(Optional.empty(), left(REPLACE, 5, body("cron", "2", "nextAt", "new")));
    assertEquals(Optional.empty(), left(REPLACE, 0, null));
  }

  @Test
  void whatAnOutsiderChangedMeanwhileStays() {
    JsonObject ticked = body("cron", "1", "nextAt", "new", "note", "n");
    DocumentWrite.Replace next = (DocumentWrite.Replace) left(REPLACE, 4, ticked).orElseThrow();
    assertEquals(4, next.version());
    assertEquals("2", next.body().getString("cron"));
    assertEquals("new", next.body().getString("nextAt"));
  }

  @Test
  void aDeleteIsLeftWhileTheDocumentIsThere() {
    JointWrite delete = new JointWrite(new DocumentWrite.Delete(THINGS, "a", 3), BEFORE);
    assertEquals(Optional.of(new DocumentWrite.Delete(THINGS, "a", 9)), left(delete, 9, BEFORE));
    assertEquals(Optional.empty(), left(delete, 0, null));
  }

  @Test
  void anInsertIsLeftUntilTheDocumentIsThere() {
    JointWrite insert = new JointWrite(new DocumentWrite.Insert(THINGS, "a", WANTED), null);
    assertEquals(Optional.of(insert.write()), left(insert, 0, null));
    assertEquals(Optional.empty(), left(insert, 1, BEFORE));
  }

  @Test
  void whatIsKeptIsReadBackTheSame() {
    for (JointWrite write :
        List.of(
            REPLACE,
            new JointWrite(new DocumentWrite.Delete(THINGS, "a", 3), BEFORE),
            new JointWrite(new DocumentWrite.Insert(THINGS, "a", WANTED), null))) {
      assertEquals(write, JointWrite.of(write.toJson(), name -> THINGS));
    }
  }
}
