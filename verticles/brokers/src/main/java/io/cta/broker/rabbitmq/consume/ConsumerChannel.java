package io.cta.broker.rabbitmq.consume;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.cta.broker.rabbitmq.connection.CallbackQueue;
import io.cta.broker.rabbitmq.connection.SequentialExecutor;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;

/**
 * One channel of a subscription, from opening to its end. Delivery tags are valid on their channel
 * only, so a delivery is settled on the channel it came from. A channel that has ended ignores
 * that: the server has put everything back by then. Broker's context only.
 */
public final class ConsumerChannel {
  /** What happens on the channel; called on the broker's context. */
  public interface Events {
    void delivered(ConsumerChannel from, RabbitDelivery message);

    /** The server has ended the consumer, because the queue is gone or moves. */
    void cancelled(ConsumerChannel from);

    void ended(ConsumerChannel from, Throwable why);
  }

  private final Channel channel;
  private final SequentialExecutor sequentialExecutor;
  private final CallbackQueue callbackQueue;
  private final Events events;
  private final DeliveryTags deliveryTags = new DeliveryTags();
  private String consumerTag;
  private boolean writing;
  private boolean ended;
  private boolean activeSinceCheck;

  private ConsumerChannel(
      Channel channel,
      SequentialExecutor sequentialExecutor,
      CallbackQueue callbackQueue,
      Events events) {
    this.channel = channel;
    this.sequentialExecutor = sequentialExecutor;
    this.callbackQueue = callbackQueue;
    this.events = events;
  }

  public static Future<ConsumerChannel> open(
      Connection on,
      int prefetch,
      SequentialExecutor sequentialExecutor,
      CallbackQueue callbackQueue,
      Events events) {
    return sequentialExecutor.run(
        () -> {
          Channel channel = on.createChannel();
          if (channel == null) {
            throw new IOException("no channel is free");
          }
          channel.basicQos(prefetch);
          ConsumerChannel consumerChannel =
              new ConsumerChannel(channel, sequentialExecutor, callbackQueue, events);
          channel.addShutdownListener(why -> callbackQueue.add(() -> consumerChannel.end(why)));
          return consumerChannel;
        });
  }

  public Future<Void> consume(String queue) {
    return sequentialExecutor
        .run(() -> channel.basicConsume(queue, false, new DeliveryConsumer()))
        .map(this::consumes);
  }

  /** Asks for no further deliveries; those that are here can still be settled. */
  public Future<Void> stop() {
    String which = consumerTag;
    consumerTag = null;
    return sequentialExecutor.run(
        () -> {
          channel.basicCancel(which);
          return null;
        });
  }

  public boolean consumes() {
    return consumerTag != null;
  }

  public boolean ended() {
    return ended;
  }

  public void ack(long tag) {
    if (!ended) {
      deliveryTags.done(tag);
      write();
    }
  }

  public void putBack(long tag) {
    if (!ended) {
      deliveryTags.putBack(tag);
      write();
    }
  }

  /** Whether nothing is unsettled and nothing came since this was last asked. */
  boolean quiet() {
    boolean quiet = deliveryTags.idle() && !activeSinceCheck;
    activeSinceCheck = false;
    return quiet;
  }

  /** What the server says of the queue; the channel ends when there is no such queue. */
  Future<AMQP.Queue.DeclareOk> inspect(String queue) {
    return sequentialExecutor.run(() -> channel.queueDeclarePassive(queue));
  }

  /** Ends the channel after telling the server what was settled; the server puts back the rest. */
  public Future<Void> close() {
    List<DeliveryTags.Settlement> settlements = ended ? List.of() : deliveryTags.drain();
    ended = true;
    return sequentialExecutor
        .<Void>run(
            () -> {
              if (channel.isOpen()) {
                settle(settlements);
                channel.close();
              }
              return null;
            })
        .otherwiseEmpty();
  }

  private Void consumes(String tag) {
    consumerTag = tag;
    activeSinceCheck = true;
    return null;
  }

  /** Sends what was settled; what is settled during a write goes out with the next. */
  private void write() {
    if (writing || ended || !deliveryTags.pending()) {
      return;
    }
    writing = true;
    List<DeliveryTags.Settlement> settlements = deliveryTags.drain();
    sequentialExecutor
        .run(() -> settle(settlements))
        .onComplete(
            (done, failure) -> {
              writing = false;
              if (failure != null) {
                end(failure);
              } else {
                write();
              }
            });
  }

  /** Called on a worker. */
  private Void settle(List<DeliveryTags.Settlement> settlements) throws IOException {
    for (DeliveryTags.Settlement settlement : settlements) {
      if (settlement.putBack()) {
        channel.basicNack(settlement.tag(), settlement.andAllBefore(), true);
      } else {
        channel.basicAck(settlement.tag(), settlement.andAllBefore());
      }
    }
    return null;
  }

  private void end(Throwable why) {
    if (!ended) {
      ended = true;
      events.ended(this, why);
    }
  }

  private void arrived(RabbitDelivery message) {
    if (!ended) {
      activeSinceCheck = true;
      deliveryTags.delivered(message.tag());
      events.delivered(this, message);
    }
  }

  private void cancelled() {
    if (!ended) {
      consumerTag = null;
      events.cancelled(this);
    }
  }

  /** Called on the client's threads. */
  private final class DeliveryConsumer extends DefaultConsumer {
    DeliveryConsumer() {
      super(channel);
    }

    @Override
    public void handleDelivery(
        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      RabbitDelivery message =
          new RabbitDelivery(
              envelope.getDeliveryTag(), envelope.getRoutingKey(), properties.getHeaders(), body);
      callbackQueue.add(() -> arrived(message));
    }

    @Override
    public void handleCancel(String tag) {
      callbackQueue.add(ConsumerChannel.this::cancelled);
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException why) {
      // the channel's shutdown listener reports it
    }
  }
}
