package io.cta.broker.handout;

import io.cta.broker.DeliveryCounts;
import io.cta.broker.RedeliveryDecision;
import io.vertx.core.buffer.Buffer;

/** A message that a queue is responsible for. Touched on the broker's context only. */
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

  /** Null after {@link #forget}. */
  public final Buffer body() {
    return body;
  }

  /** Frees the bytes, which are not needed any more. */
  protected final void forget() {
    body = null;
  }

  /** Times that it was handed to a handler, or taken by a consumer that died with it. */
  public final int deliveries() {
    return deliveries;
  }

  public final int postponements() {
    return postponements;
  }

  /** Sets the counts that it had before it came to this process. */
  public final void restoreCounts(int delivered, int postponed) {
    deliveries = delivered;
    postponements = postponed;
  }

  final void delivered() {
    deliveries++;
  }

  /** Takes back a delivery that did not reach the handler. */
  final void returned() {
    deliveries--;
  }

  /** Decides what happens to it now that its handler has answered, and counts that answer. */
  public final RedeliveryDecision decide(Throwable failure, int maxDeliveries) {
    RedeliveryDecision decision =
        RedeliveryDecision.of(
            failure, new DeliveryCounts(deliveries - 1, postponements), maxDeliveries);
    if (failure != null) {
      deliveries = decision.tries().failed();
      postponements = decision.tries().postponed();
    }
    return decision;
  }
}
