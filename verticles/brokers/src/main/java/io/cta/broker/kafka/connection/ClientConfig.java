package io.cta.broker.kafka.connection;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Settings of Kafka's clients, tuned for latency: no client waits to fill a batch. */
public final class ClientConfig {
  /**
   * A member of a consumer group that is silent for so long is dead; brokers allow 6 s and more.
   */
  static final int SESSION_TIMEOUT_MILLIS = 10_000;

  private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
  private static final int DELIVERY_TIMEOUT_MILLIS = 120_000;
  private static final int MAX_BLOCK_MILLIS = 1_000;
  private static final int METADATA_MAX_AGE_MILLIS = 60_000;
  private static final int METADATA_MAX_IDLE_MILLIS = 24 * 3600 * 1000;
  private static final int BATCH_BYTES = 64 << 10;
  private static final int FETCH_MAX_BYTES = 8 << 20;
  private static final long PRODUCER_BUFFER_BYTES = 96L << 20;

  private final KafkaSettings settings;

  public ClientConfig(KafkaSettings settings) {
    this.settings = settings;
  }

  Map<String, Object> admin() {
    Map<String, Object> config = common("admin");
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
    return config;
  }

  Map<String, Object> producer() {
    Map<String, Object> config = common("producer");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // a broker takes any first batch of a producer that it does not know: with several in flight
    // to a partition that is being made or moved, the second might be stored first
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // a record to a topic that the producer forgot would wait, and later ones overtake it
    config.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_MAX_IDLE_MILLIS);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_BUFFER_BYTES);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicKind.MAX_RECORD_BYTES);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return config;
  }

  /** For a member of the consumer group that has the queue's name. */
  Map<String, Object> member(String queue) {
    Map<String, Object> config = consumer(queue, 500);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, queue);
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MILLIS / 5);
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return config;
  }

  /**
   * For a consumer that chooses its partitions itself.
   *
   * @param group the consumer group that keeps its offsets
   * @param fetchMillis how long an idle fetch stays with the broker; a partition that was just
   *     added waits as long
   */
  Map<String, Object> reader(String group, int fetchMillis) {
    Map<String, Object> config = consumer(group, fetchMillis);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    return config;
  }

  private Map<String, Object> consumer(String name, int fetchMillis) {
    Map<String, Object> config = common(name);
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, fetchMillis);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return config;
  }

  private Map<String, Object> common(String role) {
    Map<String, Object> config = new HashMap<>(settings.security());
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap());
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.node() + "." + role);
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
    config.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MILLIS);
    config.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 20L);
    config.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000L);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50L);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
    config.put("enable.metrics.push", false);
    config.put("auto.include.jmx.reporter", false);
    return config;
  }
}
