package io.cta.server.notify;

import io.cta.domain.AfterPush;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.json.JsonMapping;
import io.cta.server.push.PushFailure;
import io.cta.server.push.ResultPusher;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes one attempt of pushing the results of one execution, and stores what came of it. One that
 * takes longer than a claim lasts may be made by another node, too: the files are the same. Event
 * loop of its verticle only.
 */
final class PushAttempter {
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final ResultPusher pusher;
  private final AttemptWriter attempts;
  private final TimeSource time;

  PushAttempter(ResultPusher pusher, AttemptWriter attempts, TimeSource time) {
    this.pusher = pusher;
    this.attempts = attempts;
    this.time = time;
  }

  /** How long to wait because too much is under way; empty for not at all. */
  Optional<Duration> early(Delivery row) {
    return row.pushed() && pusher.isBusy() ? Optional.of(BUSY) : Optional.empty();
  }

  /** Completes with how long until the next look at it; empty when there is none. */
  Future<Optional<Duration>> attempt(VersionedEntity<Delivery> mine) {
    Delivery row = mine.value();
    AfterPush push = JsonMapping.fromObject(new JsonObject(row.body()), AfterPush.class);
    Instant begun = time.now();
    long nanos = time.nanos();
    return pusher
        .push(row.executionId(), push)
        .transform(
            done -> {
              Delivery next = next(row, done, begun, Duration.ofNanos(time.nanos() - nanos));
              return attempts.store(mine, next);
            });
  }

  private Delivery next(Delivery row, AsyncResult<String> done, Instant begun, Duration took) {
    PushFailure refusal = done.cause() instanceof PushFailure known ? known : null;
    String text = done.succeeded() ? done.result() : done.cause().getMessage();
    return DeliverySchedule.after(
        row,
        new DeliveryAttempt(
            begun, refusal == null ? null : refusal.status(), text, took.toMillis()),
        done.succeeded(),
        refusal != null && refusal.last(),
        refusal == null ? Duration.ZERO : refusal.retryAfter(),
        ThreadLocalRandom.current().nextDouble(),
        time.now());
  }
}
