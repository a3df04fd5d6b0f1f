package io.cta.broker.rabbitmq;

import io.cta.broker.Fate;
import io.cta.broker.Tries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does for a subscription what the outcome of a delivery asks for. Home only. */
final class Settling {
  private static final Logger log = LoggerFactory.getLogger(Settling.class);
  private static final long RETRY_MILLIS = 1_000;

  private final RabbitBroker broker;
  private final String queue;

  Settling(RabbitBroker broker, String queue) {
    this.broker = broker;
    this.queue = queue;
  }

  void settle(Feed from, Delivered message, Throwable failure) {
    if (from.over()) {
      return;
    }
    Tries before = TryHeaders.read(message.headers());
    Fate fate = Fate.of(failure, before, broker.declared().maxDeliveries(queue));
    if (fate.kind() == Fate.Kind.DONE) {
      from.ack(message.tag());
    } else {
      broker.putAway().tell(queue, message, fate);
      move(from, message, fate);
    }
  }

  /** Acks only after the server has it elsewhere. */
  private void move(Feed from, Delivered message, Fate fate) {
    if (!from.over()) {
      broker
          .putAway()
          .move(queue, message, fate)
          .onSuccess(v -> from.ack(message.tag()))
          .onFailure(e -> notMoved(from, message, fate, e));
    }
  }

  private void notMoved(Feed from, Delivered message, Fate fate, Throwable why) {
    if (!from.over()) {
      log.warn("not put away yet [queue: {}, reason: {}]", queue, why.getMessage());
      broker.later(RETRY_MILLIS, () -> move(from, message, fate));
    }
  }
}
