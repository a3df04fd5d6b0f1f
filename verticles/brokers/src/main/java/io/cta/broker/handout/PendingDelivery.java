package io.cta.broker.handout;

import io.cta.broker.DeliveryCounts;
import io.cta.broker.RedeliveryDecision;
import io.vertx.core.buffer.Buffer;

/** A message while a queue is responsible for it. Touched on the broker's context only. */
public abstract class PendingDelivery {
  private final long position;
  private Buffer body;
  private int deliveries;
  private int postponements;

  /**
   * @param position its place among the messages of its queue
   */
  protected PendingDelivery(long position, Buffer body) {
    this.position = position;
    this.body = body;
  }

  public final long position() {
    return position;
  }

  /** Null once it was {@link #forget forgotten}. */
  public final Buffer body() {
    return body;
  }

  /** The bytes are not needed any more. */
  protected final void forget() {
    body = null;
  }

  /** Times that it was handed to a handler, or taken by somebody who died with it. */
  public final int deliveries() {
    return deliveries;
  }

  public final int postponements() {
    return postponements;
  }

  /** What happened to it before it came here. */
  public final void before(int delivered, int postponed) {
    deliveries = delivered;
    postponements = postponed;
  }

  final void delivered() {
    deliveries++;
  }

  /** It did not reach the handler after all. */
  final void returned() {
    deliveries--;
  }

  /** What becomes of it now that its handler has answered; counts that answer. */
  public final RedeliveryDecision fate(Throwable failure, int maxDeliveries) {
    RedeliveryDecision redeliveryDecision =
        RedeliveryDecision.of(
            failure, new DeliveryCounts(deliveries - 1, postponements), maxDeliveries);
    if (failure != null) {
      deliveries = redeliveryDecision.tries().failed();
      postponements = redeliveryDecision.tries().postponed();
    }
    return redeliveryDecision;
  }
}
