package io.cta.server.notify;

import io.cta.domain.Channel;
import io.cta.domain.ChannelBuilder;
import io.cta.domain.DeliveryAttempt;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes into channels how their deliveries go, seldom enough for a channel that gets hundreds a
 * second.
 */
final class ChannelHealthWriter {
  private static final Duration PRECISION = Duration.ofMinutes(1);
  private static final int GONE = 410;

  private final StoreRepositories stores;

  ChannelHealthWriter(StoreRepositories stores) {
    this.stores = stores;
  }

  /** True when the receiver wants no messages any more. */
  static boolean isGone(DeliveryAttempt attempt) {
    return attempt.status() != null && attempt.status() == GONE;
  }

  /** What an attempt says of the channel. */
  Future<Void> write(Channel known, DeliveryAttempt attempt, boolean success, Instant now) {
    if (next(known, attempt, success, now) == known) {
      return Future.succeededFuture();
    }
    return stores
        .channels
        .update(known.id(), channel -> next(channel, attempt, success, now))
        .mapEmpty();
  }

  /** The same instance when there is nothing new to say. */
  static Channel next(Channel channel, DeliveryAttempt attempt, boolean success, Instant now) {
    if (success) {
      boolean said = channel.problem() == null && recent(channel.lastDeliveredAt(), now);
      return said || !channel.enabled()
          ? channel
          : ChannelBuilder.builder(channel)
              .lastDeliveredAt(now)
              .problem(null)
              .problemAt(null)
              .build();
    }
    if (isGone(attempt)) {
      return channel.enabled()
          ? ChannelBuilder.builder(channel)
              .enabled(false)
              .problem("switched off: the receiver answered 410, it wants no messages any more")
              .problemAt(now)
              .revision(channel.revision() + 1)
              .build()
          : channel;
    }
    String problem =
        attempt.status() == null
            ? attempt.text()
            : "the receiver answered " + attempt.status() + " " + attempt.text();
    boolean said = problem.equals(channel.problem()) && recent(channel.problemAt(), now);
    return said || !channel.enabled()
        ? channel
        : ChannelBuilder.builder(channel).problem(problem).problemAt(now).build();
  }

  private static boolean recent(Instant at, Instant now) {
    return at != null && Duration.between(at, now).abs().compareTo(PRECISION) < 0;
  }
}
