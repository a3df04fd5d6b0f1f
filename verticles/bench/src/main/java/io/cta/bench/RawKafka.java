package io.cta.bench;

import io.cta.domain.IdGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Uses Kafka as CTA does: {@code acks=all}, idempotent, offsets committed by hand, the same number
 * of partitions.
 */
final class RawKafka implements RawBroker {
  private static final String PREFIX = "cta.bench.raw.";
  private static final int PARTITIONS = 8;

  private final String bootstrap;
  private String topic;

  RawKafka(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  @Override
  public void carry(long messages, int size, int publishers, int atOnce) throws Exception {
    // a new name each time: clients notice late that a topic was deleted and made again
    topic = PREFIX + IdGenerator.next();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        KafkaProducer<byte[], byte[]> producer = producer()) {
      NewTopic fresh = new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty());
      admin.createTopics(List.of(fresh)).all().get();
      try {
        AtomicBoolean over = new AtomicBoolean();
        Thread reader = new Thread(() -> consume(over), "raw consumer");
        reader.start();
        ParallelRunner.run(
            publishers, () -> publish(producer, messages / publishers, size, atOnce));
        over.set(true);
        reader.join();
      } finally {
        delete(admin);
      }
    }
  }

  private void publish(KafkaProducer<byte[], byte[]> producer, long messages, int size, int atOnce)
      throws Exception {
    Semaphore room = new Semaphore(atOnce);
    AtomicReference<Exception> failure = new AtomicReference<>();
    byte[] body = new byte[size];
    for (long i = 0; i < messages; i++) {
      room.acquire();
      producer.send(
          new ProducerRecord<>(topic, (int) (i % PARTITIONS), null, body),
          (sent, e) -> {
            failure.compareAndSet(null, e);
            room.release();
          });
    }
    room.acquire(atOnce);
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private void consume(AtomicBoolean over) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "group.id",
            topic,
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest",
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      consumer.subscribe(List.of(topic));
      while (!over.get()) {
        consumer.poll(Duration.ofMillis(100));
        consumer.commitSync();
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "acks",
            "all",
            "enable.idempotence",
            true,
            // as in CTA: with more requests a new topic may accept nothing until records time out
            "max.in.flight.requests.per.connection",
            1,
            "linger.ms",
            0,
            "key.serializer",
            ByteArraySerializer.class,
            "value.serializer",
            ByteArraySerializer.class));
  }

  private void delete(Admin admin) throws InterruptedException, ExecutionException {
    try {
      admin.deleteTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
    }
  }
}
