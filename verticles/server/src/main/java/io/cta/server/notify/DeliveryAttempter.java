package io.cta.server.notify;

import io.cta.domain.Channel;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import io.cta.server.notify.chat.ChatMessage;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.RetryAfterHeader;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes one attempt of one delivery: claims the row, sends, and stores what came of it. Event loop
 * of its verticle only.
 */
final class DeliveryAttempter {
  private final StoreRepositories stores;
  private final MessageSender sender;
  private final AttemptWriter attempts;
  private final MailAttempter mails;
  private final BuildAttempter builds;
  private final PushAttempter pushes;
  private final ChannelHealthWriter health;
  private final DeliveryClaims claims;
  private final ReportAttempter reports;
  private final TimeSource time;

  DeliveryAttempter(
      StoreRepositories stores,
      MessageSender sender,
      AttemptWriter attempts,
      MailAttempter mails,
      BuildAttempter builds,
      PushAttempter pushes,
      DeliveryClaims claims,
      ReportAttempter reports,
      TimeSource time) {
    this.stores = stores;
    this.sender = sender;
    this.attempts = attempts;
    this.mails = mails;
    this.builds = builds;
    this.pushes = pushes;
    this.claims = claims;
    this.reports = reports;
    this.time = time;
    health = new ChannelHealthWriter(stores);
  }

  /** Completes with how long until the next look at it; empty when there is none. */
  Future<Optional<Duration>> attempt(String id) {
    return stores
        .deliveries
        .find(id)
        .compose(
            found -> {
              if (found.isEmpty() || found.get().value().state() != DeliveryState.WAITING) {
                claims.forget(id);
                return Future.succeededFuture(Optional.empty());
              }
              if (found.get().value().line() != null) {
                return reports.attempt(found.get());
              }
              Delivery row = found.get().value();
              Optional<Duration> wait = builds.early(row).or(() -> pushes.early(row));
              if (wait.isPresent()) {
                return Future.succeededFuture(wait);
              }
              return claims.isTaken(found.get())
                  ? Future.succeededFuture(Optional.of(claims.lease()))
                  : claimed(found.get());
            });
  }

  private Future<Optional<Duration>> claimed(VersionedEntity<Delivery> found) {
    Delivery mine =
        DeliveryBuilder.builder(found.value())
            .claimedBy(claims.self())
            .nextAt(time.now().plus(claims.lease()))
            .build();
    return stores
        .deliveries
        .replace(mine.id(), found, mine)
        .compose(
            outcome ->
                outcome == Outcome.DONE
                    ? begun(new VersionedEntity<>(mine, found.version() + 1))
                    : Future.succeededFuture(Optional.of(claims.lease())));
  }

  private Future<Optional<Duration>> begun(VersionedEntity<Delivery> mine) {
    if (mine.value().mailed()) {
      return mails.attempt(mine);
    }
    if (mine.value().pushed()) {
      return pushes.attempt(mine);
    }
    return mine.value().jenkinsBuild() != null ? builds.attempt(mine) : sent(mine);
  }

  private Future<Optional<Duration>> sent(VersionedEntity<Delivery> mine) {
    return stores
        .channels
        .find(mine.value().channelId())
        .compose(
            channel ->
                channel.isPresent() && channel.get().value().enabled()
                    ? sent(mine, channel.get().value())
                    : attempts.refuse(
                        mine,
                        channel.isPresent()
                            ? "the channel is switched off"
                            : "there is no such channel any more"));
  }

  private Future<Optional<Duration>> sent(VersionedEntity<Delivery> mine, Channel channel) {
    Instant begun = time.now();
    long nanos = time.nanos();
    return sender
        .send(mine.value(), channel, begun)
        .transform(
            sent -> {
              long millis = Duration.ofNanos(time.nanos() - nanos).toMillis();
              OutgoingAnswer answer = sent.result();
              boolean success = sent.succeeded() && answer.success();
              DeliveryAttempt attempt =
                  sent.succeeded()
                      ? new DeliveryAttempt(begun, answer.status(), text(answer), millis)
                      : new DeliveryAttempt(begun, null, sent.cause().getMessage(), millis);
              Duration wish =
                  sent.succeeded() ? RetryAfterHeader.of(answer, time.now()) : Duration.ZERO;
              boolean smaller = isSentSmaller(mine.value(), channel, attempt);
              Delivery sentBody = smaller ? minimal(mine.value()) : mine.value();
              Delivery next =
                  DeliverySchedule.after(
                      sentBody,
                      attempt,
                      success,
                      ChannelHealthWriter.isGone(attempt)
                          || !smaller && ChatMessage.isFinal(channel.type(), attempt),
                      wish,
                      ThreadLocalRandom.current().nextDouble(),
                      time.now());
              return health
                  .write(channel, attempt, success, time.now())
                  .transform(told -> attempts.store(mine, next));
            });
  }

  /** A message that was too large is sent smaller, once. */
  private static boolean isSentSmaller(
      Delivery delivery, Channel channel, DeliveryAttempt attempt) {
    return ChatMessage.isTooLarge(channel.type(), attempt)
        && delivery.attempts().stream()
            .noneMatch(before -> ChatMessage.isTooLarge(channel.type(), before));
  }

  private static Delivery minimal(Delivery delivery) {
    return DeliveryBuilder.builder(delivery).body(ChatMessage.minimal(delivery.body())).build();
  }

  private static String text(OutgoingAnswer answer) {
    boolean redirect = answer.status() >= 300 && answer.status() < 400;
    return redirect ? "redirects are not followed " + answer.text() : answer.text();
  }
}
