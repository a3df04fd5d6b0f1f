package io.cta.broker.rabbitmq.publish;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.cta.broker.rabbitmq.connection.CallbackQueue;
import io.cta.broker.rabbitmq.connection.SequentialExecutor;
import io.vertx.core.Future;
import java.io.IOException;

/**
 * Opens channels on which the server confirms what it takes, and brings what it says on them to the
 * broker's context.
 */
final class ConfirmChannelOpener {
  /** What the server says on a channel; called on the broker's context. */
  interface Events {
    /** The server has taken or refused a message, or all up to it. */
    void answered(Channel from, long number, boolean andAllBefore, boolean taken);

    /** No queue takes a message; the server confirms it nevertheless, afterwards. */
    void returned(Channel from, AMQP.BasicProperties properties, String text);

    void ended(Channel which, ShutdownSignalException why);
  }

  private final SequentialExecutor sequentialExecutor;
  private final CallbackQueue callbackQueue;
  private final Events events;

  ConfirmChannelOpener(
      SequentialExecutor sequentialExecutor, CallbackQueue callbackQueue, Events events) {
    this.sequentialExecutor = sequentialExecutor;
    this.callbackQueue = callbackQueue;
    this.events = events;
  }

  Future<Channel> open(Connection on) {
    return sequentialExecutor.run(() -> opened(on));
  }

  /** Called on a worker. */
  private Channel opened(Connection on) throws IOException {
    Channel made = on.createChannel();
    if (made == null) {
      throw new IOException("no channel is free");
    }
    made.addConfirmListener(
        (tag, all) -> callbackQueue.add(() -> events.answered(made, tag, all, true)),
        (tag, all) -> callbackQueue.add(() -> events.answered(made, tag, all, false)));
    made.addReturnListener(
        r -> callbackQueue.add(() -> events.returned(made, r.getProperties(), r.getReplyText())));
    made.addShutdownListener(why -> callbackQueue.add(() -> events.ended(made, why)));
    made.confirmSelect();
    return made;
  }
}
