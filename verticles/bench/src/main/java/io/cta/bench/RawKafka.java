package io.cta.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
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
 * Kafka: {@code acks=all}, idempotent, offsets committed by hand, as many partitions as CTA has.
 */
final class RawKafka implements RawBroker {
  private static final String TOPIC = "cta.bench.raw";
  private static final int PARTITIONS = 8;

  private final String bootstrap;

  RawKafka(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  @Override
  public void carry(long messages, int size, int publishers, int atOnce) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        KafkaProducer<byte[], byte[]> producer = producer()) {
      NewTopic topic = new NewTopic(TOPIC, Optional.of(PARTITIONS), Optional.empty());
      admin.createTopics(List.of(topic)).all().get();
      try {
        Thread reader = new Thread(this::consume, "raw consumer");
        reader.start();
        Threads.run(publishers, () -> publish(producer, messages / publishers, size, atOnce));
        reader.interrupt();
        reader.join();
      } finally {
        delete(admin);
      }
    }
  }

  private static void publish(
      KafkaProducer<byte[], byte[]> producer, long messages, int size, int atOnce)
      throws Exception {
    Semaphore room = new Semaphore(atOnce);
    AtomicReference<Exception> failure = new AtomicReference<>();
    byte[] body = new byte[size];
    for (long i = 0; i < messages; i++) {
      room.acquire();
      producer.send(
          new ProducerRecord<>(TOPIC, (int) (i % PARTITIONS), null, body),
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

  private void consume() {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "group.id",
            TOPIC,
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest",
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      consumer.subscribe(List.of(TOPIC));
      while (!Thread.currentThread().isInterrupted()) {
        consumer.poll(Duration.ofMillis(100));
        consumer.commitSync();
      }
    } catch (org.apache.kafka.common.errors.InterruptException over) {
      Thread.interrupted(); // all is published
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
            "linger.ms",
            0,
            "key.serializer",
            ByteArraySerializer.class,
            "value.serializer",
            ByteArraySerializer.class));
  }

  private static void delete(Admin admin) throws InterruptedException, ExecutionException {
    try {
      admin.deleteTopics(List.of(TOPIC)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
    }
  }
}
