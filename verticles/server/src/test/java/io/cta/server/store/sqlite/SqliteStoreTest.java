package io.cta.server.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.PersistentStoreContract;
import io.cta.server.store.sqlite.SqliteSettings.Synchronous;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends PersistentStoreContract {
  @TempDir Path directory;

  @Override
  protected DocumentStore empty() {
    return new SqliteStore(vertx, settings());
  }

  @Override
  protected DocumentStore again() {
    return empty();
  }

  private SqliteSettings settings() {
    return SqliteSettings.of(directory.resolve("data/cta.db"));
  }

  @Test
  void aFileInUseIsRefusedToASecondStoreUntilTheFirstHasClosed() {
    DocumentStore second = empty();
    ServiceFailure refused = failure(second.prepare(List.of(THINGS)));
    assertEquals(ErrorCode.UNAVAILABLE, refused.code());
    assertTrue(refused.getMessage().endsWith("in use by another server"), refused.getMessage());
    await(store.close());
    await(second.prepare(List.of(THINGS)));
    await(second.close());
  }

  @Test
  void aFileThatCannotBeOpenedIsSaid() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");
    DocumentStore lost = new SqliteStore(vertx, SqliteSettings.of(file.resolve("cta.db")));
    assertTrue(failure(lost.prepare(List.of(THINGS))).getMessage().contains("cannot be opened"));
    await(lost.close());
    Path garbage = Files.writeString(directory.resolve("garbage.db"), "no database ".repeat(100));
    DocumentStore broken = new SqliteStore(vertx, SqliteSettings.of(garbage));
    assertEquals(ErrorCode.UNAVAILABLE, failure(broken.prepare(List.of(THINGS))).code());
    await(broken.close());
  }

  @Test
  void moreThanItsQueueHoldsIsRefusedAndTheRestIsDone() {
    await(store.close());
    store = new SqliteStore(vertx, settings().withQueue(4));
    await(store.prepare(List.of(THINGS)));
    List<Future<List<DocumentWrite.Outcome>>> tries = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      tries.add(store.apply(List.of(insert("a" + i, "text", "x".repeat(1000)))));
    }
    await(Future.join(tries).otherwiseEmpty());
    List<Throwable> refused = tries.stream().map(Future::cause).filter(Objects::nonNull).toList();
    assertTrue(!refused.isEmpty() && refused.size() < 2_000, "refused " + refused.size());
    refused.forEach(e -> assertEquals(ErrorCode.UNAVAILABLE, ((ServiceFailure) e).code()));
    assertEquals(2_000 - refused.size(), await(store.count(THINGS, DocumentFilter.ALL)));
  }

  @Test
  void aWriteThatTheDatabaseRefusesFailsAloneInItsGroup() {
    List<Future<List<DocumentWrite.Outcome>>> tries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String id = i == 10 ? null : "a" + i;
      DocumentWrite write = new DocumentWrite.Insert(THINGS, id, thing("a" + i));
      tries.add(store.apply(List.of(write)));
    }
    await(Future.join(tries).otherwiseEmpty());
    assertEquals(ErrorCode.UNAVAILABLE, ((ServiceFailure) tries.get(10).cause()).code());
    assertEquals(19, tries.stream().filter(Future::succeeded).count());
    assertEquals(19, await(store.count(THINGS, DocumentFilter.ALL)));
  }

  @Test
  void synchronousFullWorksToo() {
    await(store.close());
    store = new SqliteStore(vertx, settings().withSynchronous(Synchronous.FULL));
    await(store.prepare(List.of(THINGS)));
    assertEquals(List.of(DocumentWrite.Outcome.DONE), apply(insert("a")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobodyButTheOwnerReadsTheFiles() throws Exception {
    apply(insert("a"));
    for (String file : List.of("cta.db", "cta.db-wal", "cta.db-shm")) {
      Path path = directory.resolve("data").resolve(file);
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), file);
    }
  }

  @Test
  void aCopyWithoutTheLogIsRefusedAndAWholeOneIsNot() throws Exception {
    apply(insert("a"));
    Path file = directory.resolve("data/cta.db");
    Path alone = Files.copy(file, directory.resolve("alone.db"));
    Path both = Files.copy(file, directory.resolve("both.db"));
    Files.copy(directory.resolve("data/cta.db-wal"), directory.resolve("both.db-wal"));
    DocumentStore lost = new SqliteStore(vertx, SqliteSettings.of(alone));
    String text = failure(lost.prepare(List.of(THINGS))).getMessage();
    assertTrue(text.contains("alone.db-wal, which was beside it, is missing"), text);
    await(lost.close());
    assertEquals(1, countIn(both));
    await(store.close());
    assertEquals(1, countIn(Files.copy(file, directory.resolve("closed.db"))));
    Files.createFile(directory.resolve("alone.db-wal"));
    assertEquals(0, countIn(alone));
  }

  private long countIn(Path file) {
    DocumentStore copy = new SqliteStore(vertx, SqliteSettings.of(file));
    await(copy.prepare(List.of(THINGS)));
    long count = await(copy.count(THINGS, DocumentFilter.ALL));
    await(copy.close());
    return count;
  }

  @Test
  void anErrorInAJobIsToldAndTheWriterGoesOn() {
    GroupCommitWriter writer = new GroupCommitWriter(settings("other.db"), () -> {});
    SqliteRequest<Void> broken =
        new SqliteRequest<>(
            vertx.getOrCreateContext(),
            session -> {
              throw new StackOverflowError();
            });
    SqliteRequest<Integer> good = new SqliteRequest<>(vertx.getOrCreateContext(), session -> 7);
    writer.start();
    assertTrue(writer.offer(broken) && writer.offer(good));
    assertEquals(7, await(good.future()));
    Throwable told = await(broken.future().transform(r -> Future.succeededFuture(r.cause())));
    assertEquals(ErrorCode.UNAVAILABLE, ((ServiceFailure) told).code());
    writer.close();
  }

  private SqliteSettings settings(String name) {
    return SqliteSettings.of(directory.resolve(name));
  }
}
