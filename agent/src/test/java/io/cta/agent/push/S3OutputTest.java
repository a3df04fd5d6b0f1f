package io.cta.agent.push;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.s3.S3FakeServer;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import io.cta.s3.Sha256;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pushed is in the store, whole and once, or the attempt has a warning. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class S3OutputTest {
  private static final String BIG = "out/" + PushBench.ROOT + "artifacts/suite/a/big";

  @TempDir Path dir;
  private final S3FakeServer store = new S3FakeServer();
  private PushBench bench;

  @BeforeEach
  void open() throws Exception {
    store.bucket.smallestPart(1000);
    bench = new PushBench(dir, S3FakeServer.defaults(), output());
  }

  @AfterEach
  void stop() throws IOException {
    bench.close();
    store.close();
  }

  @Test
  void resultsAndArtifactsAreBelowThePrefix() throws Exception {
    bench.artifact("suite/a", "logs/ü +%.txt", "x".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(), bench.push());
    assertEquals(
        List.of(
            "out/nightly/e/t.1/artifacts/suite/a/logs/ü +%25.txt",
            "out/nightly/e/t.1/results.json"),
        List.copyOf(store.bucket.objects.keySet()));
    JsonObject results =
        new JsonObject(
            new String(store.bucket.get("out/nightly/e/t.1/results.json"), StandardCharsets.UTF_8));
    assertEquals("finished", results.getString("state"));
    assertEquals("case", results.getJsonArray("statuses").getJsonObject(0).getString("name"));
    assertTrue(bench.lines.get(0).contains("2 of 2 files pushed"), bench.lines.toString());
  }

  @Test
  void whatIsThereIsAskedForAndNotSentAgain() throws Exception {
    bench.artifact("suite/a", "big", random(6500));
    bench.push();
    store.asked.clear();
    assertEquals(List.of(), bench.push());
    assertTrue(store.asked.stream().allMatch(one -> one.method().equals("HEAD")));
    assertTrue(bench.lines.get(1).contains("0 of 2 files pushed, 2 were there"));
  }

  @Test
  void aLargeFileGoesInPartsOfOneSizeWithItsDigest() throws Exception {
    byte[] content = random(6500);
    bench.artifact("suite/a", "big", content);
    assertEquals(List.of(), bench.push());
    assertArrayEquals(content, store.bucket.get(BIG));
    assertEquals(Sha256.of(content), store.bucket.objects.get(BIG).get(0).sha256());
    assertEquals(7, store.count("PUT " + BIG + " part"));
    assertEquals(0, store.bucket.uploads.size());
  }

  @Test
  void anUploadThatWasCutOffGoesOnWithTheNextPartAndTheSameSize() throws Exception {
    byte[] content = random(6500);
    bench.artifact("suite/a", "big", content);
    Path states = bench.journal.dir().resolve("uploads");
    Path saved = dir.resolve("saved");
    AtomicBoolean killed = new AtomicBoolean();
    bench.stop = killed::get;
    store.fault(
        (exchange, asked) -> {
          if (asked.text().endsWith("part 4") && killed.compareAndSet(false, true)) {
            copy(states, saved); // what a kill leaves, as nothing is given up in order then
            throw new IOException("cut");
          }
          return bench.stop.getAsBoolean() && asked.method().equals("DELETE");
        });
    bench.push();
    copy(saved, states);
    store.asked.clear();
    bench.stop = () -> false;
    bench.sizes = new S3Target.Sizes(1000, 3000);
    bench.reopen();
    bench.push();
    assertArrayEquals(content, store.bucket.get(BIG));
    assertEquals(
        List.of("part 4", "part 5", "part 6", "part 7"),
        store.asked.stream()
            .map(S3FakeServer.Asked::text)
            .filter(text -> text.contains(" part "))
            .map(text -> text.replaceAll(".* part", "part"))
            .toList());
    assertEquals(0, store.bucket.uploads.size());
  }

  @Test
  void aCompletionThatFailsWithOkIsDoneAgain() throws Exception {
    bench.artifact("suite/a", "big", random(2500));
    okWithError(1);
    assertEquals(List.of(), bench.push());
    assertEquals(2500, store.bucket.get(BIG).length);
    assertEquals(3, store.count("PUT " + BIG + " part"));
  }

  @Test
  void aCompletionThatNeverSucceedsIsAWarningAndLeavesNoUploadOpen() throws Exception {
    bench.artifact("suite/a", "big", random(2500));
    bench.limit = Duration.ofSeconds(3);
    okWithError(100);
    List<String> warnings = bench.push();
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).startsWith("output s3://bucket/out/ not pushed: 0 of 2"));
    assertNull(store.bucket.get(BIG));
    assertEquals(0, store.bucket.uploads.size());
  }

  @Test
  void anUploadThatTheStoreForgotIsBegunAnew() throws Exception {
    bench.artifact("suite/a", "big", random(2500));
    AtomicBoolean once = new AtomicBoolean();
    store.fault(
        (exchange, asked) -> {
          if (asked.text().endsWith("part 2") && once.compareAndSet(false, true)) {
            store.bucket.uploads.clear();
          }
          return false;
        });
    assertEquals(List.of(), bench.push());
    assertEquals(2500, store.bucket.get(BIG).length);
    assertEquals(2, store.count("POST " + BIG + " begin"));
  }

  @Test
  void aBusyStoreIsAskedAgain() throws Exception {
    store.refuse(2, "PUT", 503, "SlowDown");
    assertEquals(List.of(), bench.push());
    assertEquals(3, store.count("PUT"));
  }

  @Test
  void aRefusalIsFinalAndAWarning() throws Exception {
    store.refuse(100, "PUT", 403, "AccessDenied");
    List<String> warnings = bench.push();
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("403 AccessDenied"), warnings.get(0));
    assertEquals(1, store.count("PUT"));
  }

  @Test
  void aStoreThatDoesNotShowWhatItTookHasNotGotIt() throws Exception {
    bench.limit = Duration.ofSeconds(2);
    store.fault(
        (exchange, asked) -> {
          if (!asked.method().equals("PUT")) {
            return false;
          }
          exchange.sendResponseHeaders(200, -1);
          return true;
        });
    assertEquals(1, bench.push().size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clockAndRegionAreCorrectedOnceEach(boolean redirect) throws Exception {
    store.clock(Duration.ofHours(1));
    store.region("eu-north-9", redirect);
    assertEquals(List.of(), bench.push());
    assertEquals(3, store.count("PUT"), "one that is too late, one for another region, one good");
    assertTrue(bench.lines.toString().contains("the clock of this machine"));
  }

  @Test
  void aStoreThatIsAwayNeverHangs() throws Exception {
    bench.limit = Duration.ofSeconds(2);
    store.close();
    List<String> warnings = bench.push();
    assertEquals(1, warnings.size());
    assertFalse(warnings.get(0).contains("the-secret"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void okWithError(int times) {
    int[] left = {times};
    store.fault(
        (exchange, asked) -> {
          boolean completes =
              asked.method().equals("POST") && asked.query().containsKey("uploadId");
          if (!completes || left[0]-- <= 0) {
            return false;
          }
          S3FakeServer.error(exchange, 200, "InternalError", "");
          return true;
        });
  }

  private static byte[] random(int size) {
    byte[] content = new byte[size];
    new Random(7).nextBytes(content);
    return content;
  }

  private Repository output() {
    return RepositoryBuilder.builder()
        .type("s3")
        .url("s3://bucket/out/")
        .endpoint(store.url())
        .build();
  }
}
