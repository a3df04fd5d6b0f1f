package io.cta.server.artifacts;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.s3.S3ListPage.S3Object;
import io.cta.s3.S3Metadata;
import io.cta.s3.S3Session;
import io.cta.server.s3.S3Connection;
import io.cta.server.s3.S3Download;
import io.cta.server.s3.S3Failure;
import io.cta.server.s3.S3Request;
import io.cta.server.s3.S3Response;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores contents as objects of a bucket, named by their digests. A content counts as there only
 * when the store shows the digest that was sent along. Several servers may share the bucket. What
 * the store refuses, or does not answer, fails with UNAVAILABLE.
 */
final class BucketArtifactStore implements ArtifactStore {
  private static final Logger log = LoggerFactory.getLogger(BucketArtifactStore.class);

  /** Time within which a removal deletes or gives up; far less than its mark counts. */
  private static final Duration REMOVAL_LIMIT = Duration.ofMinutes(2);

  private final WorkerExecutor files;
  private final BucketSettings settings;
  private final TimeSource time;
  private final S3Connection bucket;
  private final BucketKeys keys;
  private final RemovalMarks marks;
  private final BucketUpload upload;
  private final AtomicReference<String> trouble = new AtomicReference<>();

  /** Where the listing of a part goes on, when it was too long for one turn; one for each part. */
  private final Map<Integer, String> pages = new ConcurrentHashMap<>();

  /**
   * @param files threads for short work on files
   */
  BucketArtifactStore(
      Vertx vertx, WorkerExecutor files, BucketSettings settings, BucketUpload.Sizes sizes) {
    this.files = files;
    this.settings = settings;
    time = settings.time();
    bucket =
        new S3Connection(
            vertx,
            new S3Session(
                settings.endpoint(), settings.credentials(), settings.region(), time.wall()));
    keys = new BucketKeys(settings.address().key());
    marks = new RemovalMarks(bucket, keys, time.wall());
    upload = new BucketUpload(vertx, files, bucket, sizes);
  }

  /** Asks for the bucket, so that the log says at once when it cannot be used. Never fails. */
  Future<Void> check() {
    return noted(marks.list(keys.marks(), null))
        .onSuccess(page -> log.info("artifacts are kept in a bucket [{}]", settings.address()))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  @Override
  public Future<Boolean> has(String sha256) {
    return noted(
        marks
            .isMarked(sha256)
            .compose(
                marked -> marked ? Future.succeededFuture(false) : shows(sha256, any -> true)));
  }

  /** Whether the store shows the content; asked after the marks, or a removal goes unseen. */
  private Future<Boolean> shows(String sha256, Function<S3Response, Boolean> fits) {
    return bucket
        .send(S3Request.of("HEAD", keys.content(sha256)))
        .map(head -> sha256.equals(head.header(S3Metadata.SHA256)) && fits.apply(head))
        .recover(
            e -> S3Failure.isNotFound(e) ? Future.succeededFuture(false) : Future.failedFuture(e));
  }

  @Override
  public Future<Void> keep(String sha256, Path file) {
    return files
        .executeBlocking(() -> Files.size(file), false)
        .compose(size -> noted(put(sha256, file, size)))
        .compose(v -> files.executeBlocking(() -> Files.deleteIfExists(file), false))
        .mapEmpty();
  }

  private Future<Void> put(String sha256, Path file, long size) {
    Function<S3Response, Boolean> fits =
        head -> String.valueOf(size).equals(head.header("Content-Length"));
    return marks
        .isMarked(sha256)
        .compose(
            marked ->
                marked
                    ? Future.failedFuture(new S3Failure("the content is just being removed"))
                    : shows(sha256, fits))
        .compose(
            there ->
                there
                    ? Future.succeededFuture()
                    : upload
                        .put(keys.content(sha256), file, size, sha256)
                        .compose(v -> shows(sha256, fits))
                        .compose(BucketArtifactStore::requireShown));
  }

  private static Future<Void> requireShown(boolean shown) {
    return shown
        ? Future.succeededFuture()
        : Future.failedFuture(new S3Failure("the store does not show what it has taken"));
  }

  @Override
  public Future<StoredContent> open(String sha256, ByteRange part) {
    S3Request all = S3Request.of("GET", keys.content(sha256));
    S3Request asked =
        part == null
            ? all
            : all.headers(Map.of("Range", "bytes=" + part.from() + "-" + part.last()));
    return noted(
            bucket
                .download(asked)
                .recover(
                    e ->
                        S3Failure.isNotFound(e)
                            ? Future.failedFuture(ServiceFailure.notFound("content", sha256))
                            : Future.failedFuture(e)))
        .compose(found -> opened(found, sha256, part));
  }

  private static Future<StoredContent> opened(S3Download found, String sha256, ByteRange part) {
    String length = size(found.head(), part);
    boolean same = sha256.equals(found.head().header(S3Metadata.SHA256));
    return same && length != null && length.matches("\\d{1,18}")
        ? Future.succeededFuture(
            new StoredContent(Long.parseLong(length), found.bytes(), found::close))
        : found
            .close()
            .compose(
                v ->
                    Future.failedFuture(
                        new ServiceFailure(
                            ErrorCode.INTERNAL, "the content is not what was stored")));
  }

  /** The size of the whole content; null when the answer is not the part that was asked for. */
  private static String size(S3Response head, ByteRange part) {
    String length = head.header("Content-Length");
    if (part == null) {
      return length;
    }
    String range = head.header("Content-Range");
    String begin = "bytes " + part.from() + "-" + part.last() + "/";
    return range != null && range.startsWith(begin) && length.equals("" + part.length())
        ? range.substring(begin.length())
        : null;
  }

  /**
   * Marks the content before it asks a second time: a reference that was made before that is seen,
   * and who makes one later sees the mark, or that the content is gone. A deletion of which it is
   * not known whether it was done leaves the mark, which wears off.
   */
  @Override
  public Future<Void> remove(String sha256, Supplier<Future<Boolean>> referred) {
    return referred
        .get()
        .compose(first -> first ? Future.succeededFuture() : removeMarked(sha256, referred));
  }

  private Future<Void> removeMarked(String sha256, Supplier<Future<Boolean>> referred) {
    long begun = time.nanos();
    return noted(marks.set(sha256))
        .compose(
            mark ->
                referred
                    .get()
                    .otherwise(true) // it is not known: the next sweep asks again
                    .map(needed -> needed || time.nanos() - begun > REMOVAL_LIMIT.toNanos())
                    .compose(
                        stays ->
                            noted(
                                (stays ? Future.<Void>succeededFuture() : delete(sha256))
                                    .compose(v -> marks.clear(mark)))));
  }

  private Future<Void> delete(String sha256) {
    return bucket.send(S3Request.of("DELETE", keys.content(sha256))).mapEmpty();
  }

  /** Also deletes the marks of servers that died. Ages are by the store's clock. */
  @Override
  public Future<List<String>> older(Instant before, int turn) {
    int part = turn % BucketKeys.PARTS;
    return noted(
        marks
            .sweep()
            .compose(v -> marks.list(keys.part(part), pages.remove(part)))
            .map(
                page -> {
                  if (page.listing().next() != null) {
                    pages.put(part, page.listing().next());
                  }
                  Duration ahead = Duration.between(time.now(), page.time());
                  return older(page.listing().objects(), before.plus(ahead));
                }));
  }

  private List<String> older(List<S3Object> objects, Instant before) {
    List<String> out = new ArrayList<>();
    for (S3Object object : objects) {
      if (object.modified() != null && object.modified().isBefore(before)) {
        keys.digest(object.key()).ifPresent(out::add);
      }
    }
    return out;
  }

  /**
   * Says in the log why the store cannot be used, once for each reason, and when it can again. A
   * failure is UNAVAILABLE, with a text that tells strangers nothing of where the store is.
   */
  private <T> Future<T> noted(Future<T> answer) {
    return answer
        .onSuccess(
            done -> {
              if (trouble.getAndSet(null) != null) {
                log.info("the bucket of the artifacts answers again [{}]", settings.address());
              }
            })
        .recover(
            e -> {
              if (e instanceof ServiceFailure) {
                return Future.failedFuture(e);
              }
              String reason = e.getMessage() == null ? e.toString() : e.getMessage();
              if (!reason.equals(trouble.getAndSet(reason))) {
                log.warn(
                    "the bucket of the artifacts cannot be used [{}, reason: {}]",
                    settings.address(),
                    reason);
              }
              return Future.failedFuture(
                  new ServiceFailure(
                      ErrorCode.UNAVAILABLE, "the storage of artifacts cannot be used now"));
            });
  }
}
