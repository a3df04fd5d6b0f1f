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
 * One channel of a subscription, from opening to its end. Delivery tags mean something on it only,
 * so settling goes to the feed a delivery came from, and one that is over ignores it: the server
 * has put everything back by then. Home only.
 */
public final class ConsumerChannel {
  /** What comes of it; all at home. */
  public interface Events {
    void delivered(ConsumerChannel from, RabbitDelivery message);

    /** The server has ended the consumer, because the queue is gone or moves. */
    void cancelled(ConsumerChannel from);

    void ended(ConsumerChannel from, Throwable why);
  }

  private final Channel channel;
  private final SequentialExecutor sequentialExecutor;
  private final CallbackQueue inbox;
  private final Events events;
  private final DeliveryTags deliveryTags = new DeliveryTags();
  private String consumer;
  private boolean writing;
  private boolean over;
  private boolean heard;

  private ConsumerChannel(
      Channel channel, SequentialExecutor sequentialExecutor, CallbackQueue inbox, Events events) {
    this.channel = channel;
    this.sequentialExecutor = sequentialExecutor;
    this.inbox = inbox;
    this.events = events;
  }

  public static Future<ConsumerChannel> open(
      Connection on,
      int prefetch,
      SequentialExecutor sequentialExecutor,
      CallbackQueue inbox,
      Events events) {
    return sequentialExecutor.run(
        () -> {
          Channel channel = on.createChannel();
          if (channel == null) {
            throw new IOException("no channel is free");
          }
          channel.basicQos(prefetch);
          ConsumerChannel consumerChannel =
              new ConsumerChannel(channel, sequentialExecutor, inbox, events);
          channel.addShutdownListener(why -> inbox.add(() -> consumerChannel.end(why)));
          return consumerChannel;
        });
  }

  public Future<Void> consume(String queue) {
    return sequentialExecutor
        .run(() -> channel.basicConsume(queue, false, new DeliveryConsumer()))
        .map(this::consumes);
  }

  /** No further delivery is asked for; those that are here can still be settled. */
  public Future<Void> stop() {
    String which = consumer;
    consumer = null;
    return sequentialExecutor.run(
        () -> {
          channel.basicCancel(which);
          return null;
        });
  }

  public boolean consumes() {
    return consumer != null;
  }

  public boolean over() {
    return over;
  }

  public void ack(long tag) {
    if (!over) {
      deliveryTags.done(tag);
      write();
    }
  }

  public void back(long tag) {
    if (!over) {
      deliveryTags.back(tag);
      write();
    }
  }

  /** Whether nothing is unsettled and nothing came since this was last asked. */
  boolean quiet() {
    boolean quiet = deliveryTags.idle() && !heard;
    heard = false;
    return quiet;
  }

  /** What the server says of the queue; ends the feed when there is no such queue. */
  Future<AMQP.Queue.DeclareOk> look(String queue) {
    return sequentialExecutor.run(() -> channel.queueDeclarePassive(queue));
  }

  /** Ends it, after what was settled is told; the server puts back the rest. */
  public Future<Void> close() {
    List<DeliveryTags.Settlement> frames = over ? List.of() : deliveryTags.drain();
    over = true;
    return sequentialExecutor
        .<Void>run(
            () -> {
              if (channel.isOpen()) {
                settle(frames);
                channel.close();
              }
              return null;
            })
        .otherwiseEmpty();
  }

  private Void consumes(String tag) {
    consumer = tag;
    heard = true;
    return null;
  }

  /** What is settled while a write is under way goes out together with the next. */
  private void write() {
    if (writing || over || !deliveryTags.pending()) {
      return;
    }
    writing = true;
    List<DeliveryTags.Settlement> frames = deliveryTags.drain();
    sequentialExecutor
        .run(() -> settle(frames))
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
  private Void settle(List<DeliveryTags.Settlement> frames) throws IOException {
    for (DeliveryTags.Settlement frame : frames) {
      if (frame.putBack()) {
        channel.basicNack(frame.tag(), frame.andAllBefore(), true);
      } else {
        channel.basicAck(frame.tag(), frame.andAllBefore());
      }
    }
    return null;
  }

  private void end(Throwable why) {
    if (!over) {
      over = true;
      events.ended(this, why);
    }
  }

  private void arrived(RabbitDelivery message) {
    if (!over) {
      heard = true;
      deliveryTags.delivered(message.tag());
      events.delivered(this, message);
    }
  }

  private void cancelled() {
    if (!over) {
      consumer = null;
      events.cancelled(this);
    }
  }

  /** Called on threads of the client. */
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
      inbox.add(() -> arrived(message));
    }

    @Override
    public void handleCancel(String tag) {
      inbox.add(ConsumerChannel.this::cancelled);
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException why) {
      // the channel's own listener tells it
    }
  }
}
