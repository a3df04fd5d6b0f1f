package io.cta.server.notify;

import io.cta.domain.BuildProgress;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import io.cta.domain.Forge;
import io.cta.json.JsonMapping;
import io.cta.server.jenkins.BuildRequest;
import io.cta.server.jenkins.BuildStep;
import io.cta.server.jenkins.JenkinsBuilds;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes one step of one build, asking for it or looking at it, and stores what came of it. Event
 * loop of its verticle only.
 */
final class BuildAttempter {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final StoreRepositories stores;
  private final JenkinsBuilds jenkins;
  private final AttemptWriter attempts;
  private final OutcomeWriter outcomes;
  private final TimeSource time;

  BuildAttempter(
      StoreRepositories stores,
      JenkinsBuilds jenkins,
      AttemptWriter attempts,
      OutcomeWriter outcomes,
      TimeSource time) {
    this.stores = stores;
    this.jenkins = jenkins;
    this.attempts = attempts;
    this.outcomes = outcomes;
    this.time = time;
  }

  /** How long to wait for a build that another node looked at meanwhile; empty for not at all. */
  Optional<Duration> early(Delivery row) {
    if (row.jenkinsBuild() == null || row.claimedBy() != null || row.nextAt() == null) {
      return Optional.empty();
    }
    Duration left = Duration.between(time.now(), row.nextAt());
    return left.isNegative() || left.isZero()
        ? Optional.empty()
        : Optional.of(left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left);
  }

  /** Completes with how long until the next step; empty when there is none. */
  Future<Optional<Duration>> attempt(VersionedEntity<Delivery> claimed) {
    return stores
        .forges
        .find(claimed.value().channelId())
        .compose(
            forge ->
                forge.isPresent()
                    ? attempt(new ClaimedRow(claimed), forge.get().value())
                    : attempts.refuse(claimed, "there is no such forge any more"));
  }

  /** The row as it was stored last in this step. */
  private final class ClaimedRow {
    private VersionedEntity<Delivery> last;

    ClaimedRow(VersionedEntity<Delivery> claimed) {
      last = claimed;
    }

    /** Also shows other nodes that this one is still at it. */
    Future<Void> asking(BuildProgress progress) {
      Delivery next = DeliveryBuilder.builder(last.value()).jenkinsBuild(progress).build();
      return stores
          .deliveries
          .replace(next.id(), last, next)
          .map(
              outcome -> {
                if (outcome != Outcome.DONE) {
                  throw new IllegalStateException("another node was faster");
                }
                last = new VersionedEntity<>(next, last.version() + 1);
                return null;
              });
    }
  }

  private Future<Optional<Duration>> attempt(ClaimedRow row, Forge forge) {
    Delivery mine = row.last.value();
    BuildRequest request = JsonMapping.fromObject(new JsonObject(mine.body()), BuildRequest.class);
    Instant begun = time.now();
    long nanos = time.nanos();
    return jenkins
        .next(forge, request, mine.jenkinsBuild(), begun, row::asking)
        .compose(
            step -> {
              long millis = Duration.ofNanos(time.nanos() - nanos).toMillis();
              return step.kind() == BuildStep.Kind.FOLLOW
                  ? followed(row.last, step)
                  : ended(row.last, step, new DeliveryAttempt(begun, null, step.text(), millis));
            });
  }

  private Future<Optional<Duration>> ended(
      VersionedEntity<Delivery> mine, BuildStep step, DeliveryAttempt made) {
    Delivery next =
        DeliverySchedule.after(
            DeliveryBuilder.builder(mine.value()).jenkinsBuild(step.progress()).build(),
            made,
            step.kind() == BuildStep.Kind.SUCCEEDED,
            step.kind() != BuildStep.Kind.RETRY,
            step.pause(),
            ThreadLocalRandom.current().nextDouble(),
            time.now());
    return attempts
        .store(mine, next)
        .compose(wait -> next.state() == DeliveryState.WAITING ? told(next, wait) : done(wait));
  }

  /** The number is stored before anything else can go wrong. */
  private Future<Optional<Duration>> followed(VersionedEntity<Delivery> mine, BuildStep step) {
    Delivery next =
        DeliveryBuilder.builder(mine.value())
            .jenkinsBuild(step.progress())
            .claimedBy(null)
            .nextAt(time.now().plus(step.pause()))
            .build();
    return stores
        .deliveries
        .replace(next.id(), mine, next)
        .compose(
            outcome ->
                outcome == Outcome.DONE
                    ? told(next, Optional.of(step.pause()))
                    : done(Optional.of(step.pause())));
  }

  private Future<Optional<Duration>> told(Delivery next, Optional<Duration> wait) {
    return outcomes.write(next).map(wait);
  }

  private static Future<Optional<Duration>> done(Optional<Duration> wait) {
    return Future.succeededFuture(wait);
  }
}
