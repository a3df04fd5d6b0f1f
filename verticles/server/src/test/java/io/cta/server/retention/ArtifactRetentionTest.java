package io.cta.server.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.ArtifactBuilder;
import io.cta.server.artifacts.ArtifactServices;
import io.cta.server.artifacts.ArtifactSettings;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Contents go when the last artifact that refers to them goes, and not before. */
@Timeout(30)
class ArtifactRetentionTest {
  private static final Instant NOW = Instant.parse("2026-06-30T00:00:00Z");
  private static final RetentionPolicy MONTH = new RetentionPolicy(Duration.ofDays(30), 1_000);
  private static final String A = "aa" + "0".repeat(62);
  private static final String B = "bb" + "0".repeat(62);

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final MemoryStore store = new MemoryStore(vertx);
  private final StoreRepositories stores = new StoreRepositories(store);
  private ArtifactServices artifacts;

  @BeforeEach
  void open() {
    artifacts =
        ArtifactServices.inDirectory(
            vertx,
            stores,
            new ArtifactSettings(dir, null, 1024, 4096, 10, Duration.ofMinutes(1)),
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void aContentStaysWhileAnotherExecutionRefersToIt() throws Exception {
    execution("old", 31, false);
    execution("young", 1, false);
    artifact("old", "1", A);
    artifact("old", "2", B);
    artifact("young", "1", A);
    assertEquals(1, sweep());
    assertTrue(Files.exists(content(A)));
    assertFalse(Files.exists(content(B)));
    assertEquals(1, await(store.count(StoreCollections.ARTIFACTS, DocumentFilter.ALL)).intValue());
  }

  @Test
  void aPinnedExecutionKeepsItsArtifacts() throws Exception {
    execution("old", 400, true);
    artifact("old", "1", A);
    assertEquals(0, sweep());
    assertTrue(Files.exists(content(A)));
  }

  @Test
  void whatNothingRefersToIsSweptOnceItIsNotNew() throws Exception {
    artifact("e", "1", A);
    put(B);
    sweepAll();
    assertTrue(Files.exists(content(B)), "an artifact for it may be just on its way");
    age(A);
    age(B);
    sweepAll();
    assertTrue(Files.exists(content(A)));
    assertFalse(Files.exists(content(B)));
  }

  @Test
  void aRemovalThatWasCutOffKeepsWhatIsReferredTo() throws Exception {
    artifact("e", "1", A);
    Path aside = content(A).resolveSibling(A + ".leaving");
    Files.move(content(A), aside);
    Files.setLastModifiedTime(aside, FileTime.from(NOW.minus(Duration.ofDays(1))));
    sweepAll();
    assertTrue(Files.exists(content(A)));
    assertFalse(Files.exists(aside));
  }

  @Test
  void anArtifactThatIsMadeDuringTheRemovalKeepsItsContent() throws Exception {
    put(A);
    int[] asked = {0};
    await(artifacts.store().remove(A, () -> Future.succeededFuture(asked[0]++ > 0)));
    assertTrue(Files.exists(content(A)));
  }

  @Test
  void anUploadThatNobodyGoesOnWithIsRemoved() throws Exception {
    Path incoming = Files.createDirectories(dir.resolve("incoming")).resolve("t.1." + A);
    Files.writeString(incoming, "half");
    Files.setLastModifiedTime(incoming, FileTime.from(NOW));
    await(artifacts.receiver().sweep(NOW.minus(Duration.ofDays(1))));
    assertTrue(Files.exists(incoming));
    await(artifacts.receiver().sweep(NOW.plusSeconds(1)));
    assertFalse(Files.exists(incoming));
  }

  private int sweep() throws Exception {
    return await(
        new RetentionSweep(store, MONTH, artifacts.remover(), id -> Future.succeededFuture())
            .run(NOW));
  }

  private void sweepAll() throws Exception {
    for (int part = 0; part < 256; part++) {
      await(artifacts.remover().sweep(NOW));
    }
  }

  private void execution(String id, int daysAgo, boolean pinned) throws Exception {
    JsonObject body =
        new JsonObject()
            .put("id", id)
            .put("state", "finished")
            .put("pinned", pinned)
            .put("finishedAt", NOW.minus(Duration.ofDays(daysAgo)).toString());
    await(
        store.apply(
            List.of(
                new DocumentWrite.Insert(StoreCollections.EXECUTIONS, id, body),
                new DocumentWrite.Insert(
                    StoreCollections.EXECUTION_SPECS, id, new JsonObject().put("id", id)))));
  }

  private void artifact(String execution, String id, String sha256) throws Exception {
    put(sha256);
    String whole = execution + "-0.1-" + id;
    await(
        stores.artifacts.insert(
            whole,
            ArtifactBuilder.builder()
                .id(whole)
                .executionId(execution)
                .taskId(execution + "-0")
                .attempt(1)
                .sha256(sha256)
                .path(id)
                .at(NOW)
                .build()));
  }

  private void put(String sha256) throws IOException {
    Files.createDirectories(content(sha256).getParent());
    Files.writeString(content(sha256), sha256);
    Files.setLastModifiedTime(content(sha256), FileTime.from(NOW));
  }

  private void age(String sha256) throws IOException {
    Files.setLastModifiedTime(content(sha256), FileTime.from(NOW.minus(Duration.ofDays(1))));
  }

  private Path content(String sha256) {
    return dir.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }
}
