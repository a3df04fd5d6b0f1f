package io.cta.broker.kafka.connection;

import io.cta.error.ServiceFailure;
import java.util.List;
import java.util.Map;

/**
 * How to reach Kafka, and how its topics are made.
 *
 * @param bootstrap {@code host:port} of one broker or more, comma separated
 * @param node a name for this process in Kafka's logs
 * @param replication copies of each topic; -1 leaves it to the brokers
 * @param partitions of each topic of events: at most that many servers share one
 * @param security Kafka's own settings for TLS and credentials, see {@link #withSecurity}
 */
public record KafkaSettings(
    String bootstrap, String node, int replication, int partitions, Map<String, String> security) {
  private static final int DEFAULT_PARTITIONS = 8;
  private static final int MAX_PARTITIONS = 1000;
  private static final int MAX_REPLICATION = 32;
  private static final List<String> SECURITY_PREFIXES = List.of("security.", "sasl.", "ssl.");

  public KafkaSettings {
    checkBootstrap(bootstrap);
    if (node == null || node.isBlank()) {
      throw ServiceFailure.invalid("node", "must not be empty");
    }
    if (replication != -1 && (replication < 1 || replication > MAX_REPLICATION)) {
      throw ServiceFailure.invalid("replication", "must be -1 or 1 to " + MAX_REPLICATION);
    }
    if (partitions < 1 || partitions > MAX_PARTITIONS) {
      throw ServiceFailure.invalid("partitions", "must be 1 to " + MAX_PARTITIONS);
    }
    for (String name : security.keySet()) {
      if (SECURITY_PREFIXES.stream().noneMatch(name::startsWith)) {
        throw ServiceFailure.invalid(
            "security." + name, "is none of Kafka's settings security.*, sasl.* and ssl.*");
      }
    }
    security = Map.copyOf(security);
  }

  /** Without TLS and credentials, with the brokers' own replication. */
  public static KafkaSettings of(String bootstrap, String node) {
    return new KafkaSettings(bootstrap, node, -1, DEFAULT_PARTITIONS, Map.of());
  }

  public KafkaSettings withReplication(int copies) {
    return new KafkaSettings(bootstrap, node, copies, partitions, security);
  }

  public KafkaSettings withPartitions(int number) {
    return new KafkaSettings(bootstrap, node, replication, number, security);
  }

  /**
   * Kafka's client settings whose names begin with {@code security.}, {@code sasl.} or {@code
   * ssl.}, such as {@code security.protocol: SASL_SSL}. They may hold secrets and are never logged.
   */
  public KafkaSettings withSecurity(Map<String, String> settings) {
    return new KafkaSettings(bootstrap, node, replication, partitions, settings);
  }

  /** Names the security settings, not their values. */
  @Override
  public String toString() {
    return "kafka [bootstrap: " + bootstrap + ", security: " + security.keySet() + "]";
  }

  private static void checkBootstrap(String bootstrap) {
    if (bootstrap == null || bootstrap.isBlank()) {
      throw ServiceFailure.invalid("bootstrap", "must name a broker as host:port");
    }
    for (String server : bootstrap.split(",", -1)) {
      if (!server.strip().matches("(\\[[0-9a-fA-F:.%]+]|[^\\s:/]+):[0-9]{1,5}")) {
        throw ServiceFailure.invalid(
            "bootstrap", "must be host:port, or several of these with commas; not " + server);
      }
    }
  }
}
