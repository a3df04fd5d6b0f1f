package io.cta.server.artifacts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.s3.S3Server;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.s3.S3Address;
import io.cta.s3.S3Credentials;
import io.cta.s3.S3Endpoint;
import io.cta.s3.Sha256;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Contents in the bucket of a real store. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BucketArtifactStoreTest {
  private static final int MB = 1 << 20;

  /** Stores refuse smaller parts. */
  private static final BucketUpload.Sizes SIZES = new BucketUpload.Sizes(MB, 5 * MB);

  private static S3Server s3;
  private static int buckets;

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final WorkerExecutor files = vertx.createSharedWorkerExecutor("files", 2);
  private String name;
  private Path bucket;
  private BucketArtifactStore store;

  @BeforeAll
  static void startStore() {
    s3 = S3Server.start();
  }

  @AfterAll
  static void stopStore() {
    if (s3 != null) {
      s3.close();
    }
  }

  @BeforeEach
  void open() {
    name = "bucket-" + buckets++;
    bucket = s3.bucket(name);
    store = store(S3Server.SECRET_KEY);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void aSmallContentIsThereAndTheSameAndItsFileIsGone() throws Exception {
    byte[] content = bytes(1000, 1);
    String sha256 = Sha256.of(content);
    assertFalse(await(store.has(sha256)));
    Path file = file(content);
    await(store.keep(sha256, file));
    assertFalse(Files.exists(file));
    assertTrue(await(store.has(sha256)));
    assertArrayEquals(content, read(sha256));
    assertTrue(Files.isRegularFile(object(sha256)));
  }

  @Test
  void aLargeContentGoesInPartsAndIsTheSame() throws Exception {
    byte[] content = bytes(11 * MB + 7, 2);
    String sha256 = Sha256.of(content);
    await(store.keep(sha256, file(content)));
    assertTrue(await(store.has(sha256)));
    assertArrayEquals(content, read(sha256));
  }

  @Test
  void aPartOfAContentIsReadAlone() throws Exception {
    byte[] content = bytes(1000, 5);
    String sha256 = Sha256.of(content);
    await(store.keep(sha256, file(content)));
    StoredContent part = await(store.open(sha256, new ByteRange(100, 50)));
    assertEquals(1000, part.size());
    assertArrayEquals(Arrays.copyOfRange(content, 100, 150), read(part));
  }

  @Test
  void anEmptyContentIsOneToo() throws Exception {
    String sha256 = Sha256.of(new byte[0]);
    await(store.keep(sha256, file(new byte[0])));
    assertTrue(await(store.has(sha256)));
    assertEquals(0, read(sha256).length);
  }

  @Test
  void aContentThatIsThereIsNotSentAgain() throws Exception {
    byte[] content = bytes(1000, 3);
    String sha256 = Sha256.of(content);
    await(store.keep(sha256, file(content)));
    FileTime written = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(object(sha256), written);
    Path again = file(content);
    await(store.keep(sha256, again));
    assertEquals(written, Files.getLastModifiedTime(object(sha256)));
    assertFalse(Files.exists(again));
  }

  @Test
  void whatAnotherProgramPutThereIsNoContentAndIsReplaced() throws Exception {
    byte[] content = bytes(1000, 4);
    String sha256 = Sha256.of(content);
    Files.createDirectories(object(sha256).getParent());
    Files.write(object(sha256), bytes(1000, 5));
    assertFalse(await(store.has(sha256)));
    assertEquals(ErrorCode.INTERNAL, failure(store.open(sha256, null)));
    await(store.keep(sha256, file(content)));
    assertArrayEquals(content, read(sha256));
  }

  @Test
  void aContentThatIsNotThereIsNotFound() {
    assertEquals(ErrorCode.NOT_FOUND, failure(store.open(Sha256.of("nothing"), null)));
  }

  @Test
  void anotherServerOfTheSameBucketHasIt() throws Exception {
    byte[] content = bytes(1000, 6);
    String sha256 = Sha256.of(content);
    await(store.keep(sha256, file(content)));
    store = store(S3Server.SECRET_KEY);
    assertTrue(await(store.has(sha256)));
    assertArrayEquals(content, read(sha256));
  }

  @Test
  void aContentThatNothingRefersToIsRemovedWithoutATrace() throws Exception {
    String sha256 = kept(7);
    await(store.remove(sha256, () -> Future.succeededFuture(false)));
    assertFalse(await(store.has(sha256)));
    assertEquals(List.of(), objects());
  }

  @Test
  void aContentThatIsReferredToStays() throws Exception {
    String sha256 = kept(8);
    await(store.remove(sha256, () -> Future.succeededFuture(true)));
    assertTrue(await(store.has(sha256)));
  }

  @Test
  void aReferenceThatIsMadeDuringTheRemovalKeepsTheContent() throws Exception {
    String sha256 = kept(9);
    int[] asked = {0};
    await(store.remove(sha256, () -> Future.succeededFuture(asked[0]++ > 0)));
    assertTrue(await(store.has(sha256)));
    assertEquals(1, objects().size());
  }

  @Test
  void whoAsksDuringTheRemovalIsToldThatTheContentIsGoneAndMayNotKeepItYet() throws Exception {
    byte[] content = bytes(100, 10);
    String sha256 = kept(10);
    Promise<Boolean> second = Promise.promise();
    Promise<Void> asking = Promise.promise();
    int[] asked = {0};
    Future<Void> removal =
        store.remove(
            sha256,
            () -> {
              if (asked[0]++ == 0) {
                return Future.succeededFuture(false);
              }
              asking.complete();
              return second.future();
            });
    await(asking.future());
    assertFalse(await(store.has(sha256)));
    Path file = file(content);
    assertEquals(ErrorCode.UNAVAILABLE, failure(store.keep(sha256, file)));
    assertTrue(Files.exists(file), "it is tried again with the same file");
    second.complete(false);
    await(removal);
    await(store.keep(sha256, file));
    assertTrue(await(store.has(sha256)));
  }

  @Test
  void theMarkOfAServerThatDiedWearsOffAndIsSwept() throws Exception {
    String sha256 = kept(11);
    Path mark = bucket.resolve("cta/leaving/" + sha256 + ".x");
    Files.createDirectories(mark.getParent());
    Files.write(mark, new byte[0]);
    assertFalse(await(store.has(sha256)));
    Files.setLastModifiedTime(mark, FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));
    assertTrue(await(store.has(sha256)));
    await(store.older(Instant.now(), 0));
    assertFalse(Files.exists(mark));
  }

  @Test
  void onlyContentsOfOnePartThatAreOldEnoughAreListed() throws Exception {
    String sha256 = kept(12);
    Files.write(object(sha256).resolveSibling("notes.txt"), new byte[] {1});
    int part = Integer.parseInt(sha256.substring(0, 2), 16);
    Instant later = Instant.now().plus(Duration.ofMinutes(1));
    assertEquals(List.of(sha256), await(store.older(later, part + 256)));
    assertEquals(List.of(), await(store.older(later, part + 1)));
    assertEquals(List.of(), await(store.older(Instant.now().minus(Duration.ofHours(1)), part)));
  }

  @Test
  void wrongKeysAreUnavailableAndTheTextTellsNothingOfTheStore() throws Exception {
    store = store("not-the-key");
    await(store.check());
    ServiceFailure failure =
        assertThrows(ServiceFailure.class, () -> await(store.has(Sha256.of("x"))));
    assertEquals(ErrorCode.UNAVAILABLE, failure.code());
    assertFalse(failure.getMessage().contains("127.0.0.1"), failure.getMessage());
  }

  private BucketArtifactStore store(String secretKey) {
    S3Address address = S3Address.parse("s3://" + name + "/cta/").orElseThrow();
    return new BucketArtifactStore(
        vertx,
        files,
        new BucketSettings(
            address,
            S3Endpoint.of(s3.url(), name, null),
            S3Endpoint.DEFAULT_REGION,
            new S3Credentials(S3Server.ACCESS_KEY, secretKey, null),
            TimeSource.system()),
        SIZES);
  }

  /** Keeps a content of that seed, and answers its digest. */
  private String kept(int seed) throws Exception {
    byte[] content = bytes(100, seed);
    await(store.keep(Sha256.of(content), file(content)));
    return Sha256.of(content);
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(Files.createTempFile(dir, "upload", ""), content);
  }

  private Path object(String sha256) {
    return bucket.resolve("cta").resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private List<Path> objects() throws IOException {
    try (Stream<Path> all = Files.walk(bucket)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private byte[] read(String sha256) throws Exception {
    StoredContent content = await(store.open(sha256, null));
    byte[] all = read(content);
    assertEquals(content.size(), all.length);
    return all;
  }

  private static byte[] read(StoredContent content) throws Exception {
    Buffer all = Buffer.buffer();
    Promise<Void> end = Promise.promise();
    content.bytes().exceptionHandler(end::tryFail).endHandler(end::tryComplete);
    content.bytes().handler(all::appendBuffer).resume();
    await(end.future());
    await(content.close().get());
    return all.getBytes();
  }

  private static ErrorCode failure(Future<?> future) {
    return assertThrows(ServiceFailure.class, () -> await(future)).code();
  }

  private static byte[] bytes(int count, int seed) {
    byte[] out = new byte[count];
    new Random(seed).nextBytes(out);
    return out;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }
}
