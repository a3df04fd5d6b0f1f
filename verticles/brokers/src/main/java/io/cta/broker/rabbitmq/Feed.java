package io.cta.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;

/**
 * One channel of a subscription, from opening to its end. Delivery tags mean something on it only,
 * so settling goes to the feed a delivery came from, and one that is over ignores it: the server
 * has put everything back by then. Home only.
 */
final class Feed {
  /** What comes of it; all at home. */
  interface Events {
    void delivered(Feed from, Delivered message);

    /** The server has ended the consumer, because the queue is gone or moves. */
    void cancelled(Feed from);

    void ended(Feed from, Throwable why);
  }

  private final Channel channel;
  private final Sequence sequence;
  private final Inbox inbox;
  private final Events events;
  private final Tags tags = new Tags();
  private String consumer;
  private boolean writing;
  private boolean over;
  private boolean heard;

  private Feed(Channel channel, Sequence sequence, Inbox inbox, Events events) {
    this.channel = channel;
    this.sequence = sequence;
    this.inbox = inbox;
    this.events = events;
  }

  static Future<Feed> open(
      Connection on, int prefetch, Sequence sequence, Inbox inbox, Events events) {
    return sequence.run(
        () -> {
          Channel channel = on.createChannel();
          if (channel == null) {
            throw new IOException("no channel is free");
          }
          channel.basicQos(prefetch);
          Feed feed = new Feed(channel, sequence, inbox, events);
          channel.addShutdownListener(why -> inbox.add(() -> feed.end(why)));
          return feed;
        });
  }

  Future<Void> consume(String queue) {
    return sequence.run(() -> channel.basicConsume(queue, false, new Ears())).map(this::consumes);
  }

  /** No further delivery is asked for; those that are here can still be settled. */
  Future<Void> stop() {
    String which = consumer;
    consumer = null;
    return sequence.run(
        () -> {
          channel.basicCancel(which);
          return null;
        });
  }

  boolean consumes() {
    return consumer != null;
  }

  boolean over() {
    return over;
  }

  void ack(long tag) {
    if (!over) {
      tags.done(tag);
      write();
    }
  }

  void back(long tag) {
    if (!over) {
      tags.back(tag);
      write();
    }
  }

  /** Whether nothing is unsettled and nothing came since this was last asked. */
  boolean quiet() {
    boolean quiet = tags.idle() && !heard;
    heard = false;
    return quiet;
  }

  /** What the server says of the queue; ends the feed when there is no such queue. */
  Future<AMQP.Queue.DeclareOk> look(String queue) {
    return sequence.run(() -> channel.queueDeclarePassive(queue));
  }

  /** Ends it, after what was settled is told; the server puts back the rest. */
  Future<Void> close() {
    List<Tags.Settle> frames = over ? List.of() : tags.drain();
    over = true;
    return sequence
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
    if (writing || over || !tags.pending()) {
      return;
    }
    writing = true;
    List<Tags.Settle> frames = tags.drain();
    sequence
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
  private Void settle(List<Tags.Settle> frames) throws IOException {
    for (Tags.Settle frame : frames) {
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

  private void arrived(Delivered message) {
    if (!over) {
      heard = true;
      tags.delivered(message.tag());
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
  private final class Ears extends DefaultConsumer {
    Ears() {
      super(channel);
    }

    @Override
    public void handleDelivery(
        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      Delivered message =
          new Delivered(
              envelope.getDeliveryTag(), envelope.getRoutingKey(), properties.getHeaders(), body);
      inbox.add(() -> arrived(message));
    }

    @Override
    public void handleCancel(String tag) {
      inbox.add(Feed.this::cancelled);
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException why) {
      // the channel's own listener tells it
    }
  }
}
