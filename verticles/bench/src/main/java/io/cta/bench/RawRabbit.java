package io.cta.bench;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;

/**
 * Uses RabbitMQ as CTA does: a quorum queue, persistent messages, confirms, manual acks, and one
 * connection for each direction.
 */
final class RawRabbit implements RawBroker {
  private static final String QUEUE = "cta.bench.raw";
  private static final int PREFETCH = 1000;

  private final String url;

  RawRabbit(String url) {
    this.url = url;
  }

  @Override
  public void carry(long messages, int size, int publishers, int atOnce) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(url);
    try (Connection in = factory.newConnection("raw publish");
        Connection out = factory.newConnection("raw consume")) {
      Channel admin = out.createChannel();
      admin.queueDelete(QUEUE);
      admin.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", "quorum"));
      consume(out.createChannel());
      ParallelRunner.run(publishers, () -> publish(in, messages / publishers, size, atOnce));
      admin.queueDelete(QUEUE);
    }
  }

  private static void consume(Channel channel) throws IOException {
    channel.basicQos(PREFETCH);
    channel.basicConsume(
        QUEUE,
        false,
        new DefaultConsumer(channel) {
          @Override
          public void handleDelivery(
              String tag,
              Envelope envelope,
              com.rabbitmq.client.AMQP.BasicProperties properties,
              byte[] body)
              throws IOException {
            channel.basicAck(envelope.getDeliveryTag(), false);
          }
        });
  }

  private static void publish(Connection connection, long messages, int size, int atOnce)
      throws Exception {
    Channel channel = connection.createChannel();
    Semaphore room = new Semaphore(atOnce);
    Unconfirmed unconfirmed = new Unconfirmed();
    channel.confirmSelect();
    channel.addConfirmListener(
        (tag, multiple) -> room.release(unconfirmed.remove(tag, multiple)),
        (tag, multiple) -> {
          throw new IOException("a publish was refused");
        });
    byte[] body = new byte[size];
    for (long i = 0; i < messages; i++) {
      room.acquire();
      unconfirmed.add(channel.getNextPublishSeqNo());
      channel.basicPublish("", QUEUE, MessageProperties.PERSISTENT_BASIC, body);
    }
    room.acquire(atOnce);
    channel.close();
  }

  /** The sequence numbers of publishes that the server has not confirmed. */
  private static final class Unconfirmed {
    private final SortedSet<Long> tags = new TreeSet<>();

    synchronized void add(long tag) {
      tags.add(tag);
    }

    /** Removes what a confirm covers; returns how many publishes it confirmed. */
    synchronized int remove(long tag, boolean multiple) {
      if (!multiple) {
        return tags.remove(tag) ? 1 : 0;
      }
      SortedSet<Long> upTo = tags.headSet(tag + 1);
      int count = upTo.size();
      upTo.clear();
      return count;
    }
  }
}
