package io.cta.broker;

import io.vertx.core.Future;

/** A running subscription. Call from the context that subscribed. */
public interface QueueSubscription {
  /** No further deliveries until {@link #resume()}; those under way are not affected. */
  void pause();

  void resume();

  /** Ends it; completes when no further delivery will come. Unsettled ones are put back. */
  Future<Void> cancel();
}
