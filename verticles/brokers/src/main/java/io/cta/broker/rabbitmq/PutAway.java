package io.cta.broker.rabbitmq;

import io.cta.broker.Fate;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.Queues;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves deliveries to the dead letters, or to where they wait for their next try. Home only. */
final class PutAway {
  private final Clock clock;
  private static final Logger log = LoggerFactory.getLogger(PutAway.class);

  private final PublishChannels channels;
  private final Topology topology;
  private long deadLettered;

  PutAway(PublishChannels channels, Topology topology, Clock clock) {
    this.clock = clock;
    this.channels = channels;
    this.topology = topology;
  }

  /** Says and counts what is about to be a dead letter; once for each. */
  void tell(String queue, Delivered message, Fate fate) {
    if (fate.kind() != Fate.Kind.DEAD) {
      return;
    }
    if (Queues.DEAD_LETTER.equals(queue)) {
      log.error(
          "dead letter dropped [reason: {}, bytes: {}]", fate.reason(), message.body().length);
      return;
    }
    deadLettered++;
    log.warn(
        "message dead-lettered [queue: {}, reason: {}, deliveries: {}, bytes: {}]",
        queue,
        fate.reason(),
        fate.tries().failed(),
        message.body().length);
  }

  /** Completes when the server has it in its new place, so that the delivery can be acked. */
  Future<Void> move(String queue, Delivered message, Fate fate) {
    if (fate.kind() == Fate.Kind.AGAIN) {
      return publish(again(queue, message, fate));
    }
    // nowhere is left for a dead letter that its own reader cannot process
    return Queues.DEAD_LETTER.equals(queue)
        ? Future.succeededFuture()
        : publish(dead(queue, message, fate));
  }

  long deadLettered() {
    return deadLettered;
  }

  private Future<Void> publish(Publish publish) {
    return channels
        .publish(publish)
        .onFailure(
            e -> {
              if (e instanceof ServiceFailure f && f.code() == ErrorCode.NOT_FOUND) {
                // somebody has removed what it has to go through
                topology.base();
              }
            });
  }

  private static Publish again(String queue, Delivered message, Fate fate) {
    Map<String, Object> headers = TryHeaders.onto(message.headers(), fate.tries());
    headers.put(Delays.HEADER, Long.toString(fate.waitMillis()));
    return new Publish(QueueArguments.DELAY, queue, headers, Buffer.buffer(message.body()));
  }

  private Publish dead(String queue, Delivered message, Fate fate) {
    Map<String, Object> headers =
        Letters.headers(queue, fate.reason(), clock.instant(), fate.tries().failed());
    return new Publish(QueueArguments.DEAD_LETTERS, queue, headers, Buffer.buffer(message.body()));
  }
}
