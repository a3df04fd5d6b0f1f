package io.cta.server.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store does that does not keep its word; nothing of it counts as done. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BucketFaultsTest {
  private static final String CONTENT = "twelve bytes";
  private static final String SHA256 = Sha256.of(CONTENT);
  private static final String OBJECT = "/team/cta/" + SHA256.substring(0, 2) + "/" + SHA256;
  private static final String NO_MARKS =
      "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Answers by method and what is asked for; 404 without one. */
  private final Map<String, Consumer<HttpServerRequest>> answers = new ConcurrentHashMap<>();

  private int port;

  @BeforeEach
  void start() throws Exception {
    HttpServer server =
        await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
    port = server.actualPort();
    answers.put("GET list", request -> request.response().end(NO_MARKS));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  private void answer(HttpServerRequest request) {
    String what =
        request.getParam("list-type") != null
            ? "list"
            : request.getParam("uploads") != null
                ? "uploads"
                : request.getParam("partNumber") != null
                    ? "part"
                    : request.getParam("uploadId") != null
                        ? "upload"
                        : request.path().equals(OBJECT) ? "object" : "mark";
    String line = request.method() + " " + what;
    asked.add(line);
    request
        .body()
        .onSuccess(
            body ->
                answers
                    .getOrDefault(line, r -> r.response().setStatusCode(404).end())
                    .accept(request));
  }

  @Test
  void whatTheStoreDoesNotShowIsNotKept() throws Exception {
    answers.put("PUT object", request -> request.response().end());
    keepFails(new BucketUpload.Sizes(100, 100));
    assertEquals(List.of("GET list", "HEAD object", "PUT object", "HEAD object"), asked);
  }

  @Test
  void anUploadThatIsNotCompletedAlthoughItSays200IsAborted() throws Exception {
    answers.put(
        "POST uploads",
        request ->
            request
                .response()
                .end(
                    "<InitiateMultipartUploadResult><UploadId>u</UploadId>"
                        + "</InitiateMultipartUploadResult>"));
    answers.put("PUT part", request -> request.response().putHeader("ETag", "\"e\"").end());
    answers.put(
        "POST upload",
        request -> request.response().end("<Error><Code>InternalError</Code></Error>"));
    answers.put("DELETE upload", request -> request.response().setStatusCode(204).end());
    keepFails(new BucketUpload.Sizes(10, 5));
    assertEquals("DELETE upload", asked.get(asked.size() - 1));
    assertTrue(asked.contains("PUT part"));
  }

  @Test
  void aDeletionThatIsNotConfirmedLeavesItsMark() {
    answers.put("PUT mark", request -> request.response().end());
    answers.put("DELETE object", request -> request.response().setStatusCode(500).end());
    fails(store(BucketUpload.Sizes.USUAL).remove(SHA256, () -> Future.succeededFuture(false)));
    assertEquals(List.of("PUT mark", "DELETE object"), asked);
  }

  @Test
  void aMarkThatCannotBeSetDeletesNothing() {
    answers.put("PUT mark", request -> request.response().setStatusCode(503).end());
    fails(store(BucketUpload.Sizes.USUAL).remove(SHA256, () -> Future.succeededFuture(false)));
    assertFalse(asked.contains("DELETE object"));
  }

  @Test
  void aReferenceThatCannotBeAskedForKeepsTheContent() throws Exception {
    answers.put("PUT mark", request -> request.response().end());
    answers.put("DELETE mark", request -> request.response().setStatusCode(204).end());
    int[] count = {0};
    await(
        store(BucketUpload.Sizes.USUAL)
            .remove(
                SHA256,
                () ->
                    count[0]++ == 0
                        ? Future.succeededFuture(false)
                        : Future.failedFuture("no store")));
    assertEquals(List.of("PUT mark", "DELETE mark"), asked);
  }

  @Test
  void aDownloadThatIsCutOffFails() throws Exception {
    answers.put(
        "GET object",
        request ->
            request
                .response()
                .putHeader("x-amz-meta-cta-sha256", SHA256)
                .putHeader("Content-Length", "12")
                .write("twelve")
                .onComplete(done -> request.connection().close()));
    StoredContent content = await(store(BucketUpload.Sizes.USUAL).open(SHA256, null));
    Promise<Void> end = Promise.promise();
    content.bytes().exceptionHandler(end::tryFail).endHandler(end::tryComplete);
    content.bytes().handler(bytes -> {}).resume();
    assertThrows(Exception.class, () -> await(end.future()));
    await(content.close().get());
  }

  @Test
  void aRedirectIsNotFollowed() {
    answers.put(
        "GET list",
        request ->
            request
                .response()
                .setStatusCode(307)
                .putHeader("Location", "http://127.0.0.1:" + port + "/elsewhere")
                .end());
    fails(store(BucketUpload.Sizes.USUAL).has(SHA256));
    assertEquals(List.of("GET list"), asked);
  }

  @Test
  void aStoreThatDoesNotAnswerIsGivenUp() {
    answers.put("GET list", request -> {});
    fails(store(BucketUpload.Sizes.USUAL).has(SHA256));
  }

  private void keepFails(BucketUpload.Sizes sizes) throws IOException {
    Path file = Files.writeString(dir.resolve("upload"), CONTENT);
    fails(store(sizes).keep(SHA256, file));
    assertTrue(Files.exists(file), "it is tried again");
  }

  private BucketArtifactStore store(BucketUpload.Sizes sizes) {
    return new BucketArtifactStore(
        vertx,
        vertx.createSharedWorkerExecutor("files", 2),
        new BucketSettings(
            S3Address.parse("s3://team/cta/").orElseThrow(),
            S3Endpoint.of("http://127.0.0.1:" + port, "team", null),
            S3Endpoint.DEFAULT_REGION,
            new S3Credentials("x", "y", null),
            TimeSource.system()),
        sizes);
  }

  private static void fails(Future<?> future) {
    ServiceFailure failure = assertThrows(ServiceFailure.class, () -> await(future));
    assertEquals(ErrorCode.UNAVAILABLE, failure.code());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }
}
