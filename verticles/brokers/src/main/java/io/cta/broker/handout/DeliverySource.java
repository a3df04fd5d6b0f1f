package io.cta.broker.handout;

import java.util.List;

/** The queue that a subscription's messages come from. Called on the broker's context only. */
public interface DeliverySource<M extends PendingDelivery> {
  /**
   * A handler has answered.
   *
   * @param failure null when it has processed the message
   */
  void settle(M message, Throwable failure);

  /** These messages did not reach the handler. */
  void giveBack(List<M> messages);

  /** There may be messages to hand out, or room for them at a subscriber. */
  void changed();
}
