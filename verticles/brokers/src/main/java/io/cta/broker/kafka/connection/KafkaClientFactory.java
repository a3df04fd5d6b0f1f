package io.cta.broker.kafka.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Makes Kafka's clients on a worker thread, because making one resolves names and reads key stores.
 */
public final class KafkaClientFactory {
  private final Vertx vertx;
  private final ClientConfig config;

  public KafkaClientFactory(Vertx vertx, ClientConfig config) {
    this.vertx = vertx;
    this.config = config;
  }

  Future<Admin> admin() {
    return vertx.executeBlocking(() -> Admin.create(config.admin()));
  }

  public Future<KafkaWriteStream<byte[], byte[]>> producer() {
    return vertx
        .executeBlocking(() -> new KafkaProducer<byte[], byte[]>(config.producer()))
        .map(producer -> KafkaWriteStream.create(vertx, producer));
  }

  /** A member of the consumer group of a queue. */
  public Future<KafkaReadStream<byte[], byte[]>> member(String queue) {
    return consumer(config.member(queue));
  }

  /** A consumer that chooses its partitions itself, see {@link ClientConfig#reader}. */
  public Future<KafkaReadStream<byte[], byte[]>> reader(String group, int fetchMillis) {
    return consumer(config.reader(group, fetchMillis));
  }

  private Future<KafkaReadStream<byte[], byte[]>> consumer(Map<String, Object> settings) {
    return vertx
        .executeBlocking(() -> new KafkaConsumer<byte[], byte[]>(settings))
        .map(consumer -> KafkaReadStream.create(vertx, consumer));
  }
}
