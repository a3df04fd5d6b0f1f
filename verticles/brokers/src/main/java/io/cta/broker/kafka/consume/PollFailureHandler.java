package io.cta.broker.kafka.consume;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses a consumer for a while after a failed poll, which the client would otherwise repeat at
 * once and for ever. Called on the consumer's thread.
 */
final class PollFailureHandler implements Handler<Throwable> {
  private static final Logger log = LoggerFactory.getLogger(PollFailureHandler.class);
  private static final long WAIT_MILLIS = 500;

  private final Context brokerContext;
  private final KafkaReadStream<byte[], byte[]> stream;
  private final BooleanSupplier wanted;

  /**
   * @param wanted whether the consumer has anything to read; asked on the broker's context
   */
  PollFailureHandler(
      Context brokerContext, KafkaReadStream<byte[], byte[]> stream, BooleanSupplier wanted) {
    this.brokerContext = brokerContext;
    this.stream = stream;
    this.wanted = wanted;
  }

  @Override
  public void handle(Throwable e) {
    if (e instanceof WakeupException) {
      return;
    }
    stream.pause();
    brokerContext.runOnContext(v -> resumeLater(e));
  }

  private void resumeLater(Throwable e) {
    if (!wanted.getAsBoolean()) {
      return;
    }
    if (e instanceof RetriableException) {
      log.debug("the broker did not answer a consumer", e);
    } else {
      log.warn("a consumer failed, trying again [reason: {}]", e.toString());
    }
    brokerContext
        .owner()
        .setTimer(
            WAIT_MILLIS,
            id -> {
              if (wanted.getAsBoolean()) {
                stream.resume();
              }
            });
  }
}
