package io.cta.server.artifacts;

import io.cta.s3.S3ListPage;
import io.cta.s3.S3ListPage.S3Object;
import io.cta.server.s3.S3Connection;
import io.cta.server.s3.S3Request;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Marks in a bucket for contents that are just being removed, because an object cannot be moved
 * aside. Each removal has a mark of its own. A mark that a server left which died counts no longer
 * after a while, by the store's clock.
 */
final class RemovalMarks {
  /** Longer than any removal takes. */
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final S3Connection bucket;
  private final BucketKeys keys;
  private final Clock clock;

  RemovalMarks(S3Connection bucket, BucketKeys keys, Clock clock) {
    this.bucket = bucket;
    this.keys = keys;
    this.clock = clock;
  }

  /** Sets a mark, and completes with its key. */
  Future<String> set(String sha256) {
    String key = keys.marks(sha256) + UUID.randomUUID();
    return bucket.send(S3Request.of("PUT", key)).map(key);
  }

  /** Takes a mark away; a mark that is not there is fine. */
  Future<Void> clear(String key) {
    return bucket.send(S3Request.of("DELETE", key)).mapEmpty();
  }

  /** Whether a content may be gone in a moment. */
  Future<Boolean> isMarked(String sha256) {
    return list(keys.marks(sha256), null)
        .map(page -> page.listing().objects().stream().anyMatch(mark -> !isOld(mark, page.time())));
  }

  /** Deletes marks of servers that died; some of them, when there are many. */
  Future<Void> sweep() {
    return list(keys.marks(), null)
        .compose(
            page -> {
              Future<Void> done = Future.succeededFuture();
              for (S3Object mark : page.listing().objects()) {
                if (isOld(mark, page.time())) {
                  done = done.compose(v -> clear(mark.key()));
                }
              }
              return done;
            });
  }

  private static boolean isOld(S3Object mark, Instant now) {
    return mark.modified() != null && mark.modified().plus(LIFETIME).isBefore(now);
  }

  /**
   * A page of a listing.
   *
   * @param time the store's
   */
  record Page(S3ListPage listing, Instant time) {}

  /**
   * Lists what begins with a prefix.
   *
   * @param token of the page, or null for the first
   */
  Future<Page> list(String prefix, String token) {
    Map<String, String> query = S3ListPage.query(prefix, token);
    return bucket
        .send(S3Request.of("GET", "").query(query).maxAnswer(S3ListPage.MAX_BYTES))
        .map(
            answer -> {
              try {
                return new Page(S3ListPage.parse(answer.body()), answer.time(clock.instant()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
