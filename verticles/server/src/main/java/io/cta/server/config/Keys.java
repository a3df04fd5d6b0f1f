package io.cta.server.config;

import io.cta.server.config.ServerConfig.BrokerType;
import io.cta.server.config.ServerConfig.SaslMechanism;
import io.cta.server.config.ServerConfig.StoreType;
import io.cta.server.config.ServerConfig.Synchronous;
import io.cta.server.http.AddressRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The table of all keys, in the order of {@code conf/cta.yaml}. */
final class Keys {
  private static final List<Key<?>> TABLE = new ArrayList<>();
  static final List<Key<?>> ALL = Collections.unmodifiableList(TABLE);

  static final Key<Path> DATA = key("data", Kind.path(), "data");

  static final Key<String> HTTP_HOST = key("http.host", Kind.host(), "0.0.0.0");
  static final Key<Integer> HTTP_PORT = key("http.port", Kind.number(0, 65_535), "8080");
  static final Key<Optional<String>> HTTP_PUBLIC_URL =
      key("http.publicUrl", Kind.url().optional(), "");
  static final Key<List<AddressRange>> HTTP_TRUSTED_PROXIES =
      key("http.trustedProxies", Kind.addresses(), "");
  static final Key<Long> HTTP_MAX_BODY = key("http.maxBody", Kind.size("1KB", "64MB"), "1MB");

  static final Key<Integer> HTTP_CONNECTIONS =
      key("http.limits.connections", Kind.number(10, 1_000_000), "20000");
  static final Key<Integer> HTTP_CONNECTIONS_PER_ADDRESS =
      key("http.limits.connectionsPerAddress", Kind.number(1, 1_000_000), "1000");
  static final Key<Integer> HTTP_BODIES = key("http.limits.bodies", Kind.number(1, 100_000), "500");
  static final Key<Integer> HTTP_BODIES_PER_ADDRESS =
      key("http.limits.bodiesPerAddress", Kind.number(1, 100_000), "100");
  static final Key<Long> HTTP_BODY_BYTES =
      key("http.limits.bodyBytes", Kind.size("64KB", "64GB"), "64MB");
  static final Key<Long> HTTP_BODY_BYTES_PER_ADDRESS =
      key("http.limits.bodyBytesPerAddress", Kind.size("64KB", "64GB"), "16MB");
  static final Key<Duration> HTTP_HEADER_TIMEOUT =
      key("http.limits.headerTimeout", Kind.duration("200ms", "5m"), "10s");
  static final Key<Duration> HTTP_BODY_TIMEOUT =
      key("http.limits.bodyTimeout", Kind.duration("200ms", "1h"), "30s");

  static final Key<StoreType> STORE_TYPE = key("store.type", Kind.oneOf(StoreType.class), "sqlite");
  static final Key<Synchronous> SQLITE_SYNCHRONOUS =
      key("store.sqlite.synchronous", Kind.oneOf(Synchronous.class), "normal");
  static final Key<Integer> SQLITE_READERS = key("store.sqlite.readers", Kind.number(1, 32), "2");
  static final Key<Optional<Secret>> MONGO_URL =
      key("store.mongo.url", Kind.mongoUrl().optional(), "");
  static final Key<String> MONGO_DATABASE = key("store.mongo.database", Kind.name(), "cta");

  static final Key<BrokerType> BROKER_TYPE =
      key("broker.type", Kind.oneOf(BrokerType.class), "embedded");
  static final Key<Optional<Secret>> RABBITMQ_URL =
      key("broker.rabbitmq.url", Kind.amqpUrl().optional(), "");
  static final Key<Optional<Path>> RABBITMQ_TRUST =
      key("broker.rabbitmq.trust", Kind.file().optional(), "");
  static final Key<Optional<String>> KAFKA_BOOTSTRAP =
      key("broker.kafka.bootstrap", Kind.hosts().optional(), "");
  static final Key<Optional<Integer>> KAFKA_REPLICATION =
      key("broker.kafka.replication", Kind.number(1, 9).optional(), "");
  static final Key<Boolean> KAFKA_TLS = key("broker.kafka.tls", Kind.flag(), "false");
  static final Key<Optional<Path>> KAFKA_TRUST =
      key("broker.kafka.trust", Kind.file().optional(), "");
  static final Key<SaslMechanism> KAFKA_MECHANISM =
      key("broker.kafka.mechanism", Kind.oneOf(SaslMechanism.class), "scram-sha-512");
  static final Key<Optional<String>> KAFKA_USER =
      key("broker.kafka.user", Kind.text(200).optional(), "");
  static final Key<Optional<Secret>> KAFKA_PASSWORD =
      key("broker.kafka.password", Kind.secret(1, 200).optional(), "");

  static final Key<Optional<String>> CLUSTER_HOST = key("cluster.host", Kind.host().optional(), "");
  static final Key<Integer> CLUSTER_PORT = key("cluster.port", Kind.number(1, 65_535), "5701");
  static final Key<Optional<String>> CLUSTER_MEMBERS =
      key("cluster.members", Kind.hosts().optional(), "");
  static final Key<Duration> CLUSTER_DEAD_AFTER =
      key("cluster.deadAfter", Kind.duration("2s", "1m"), "5s");
  static final Key<Optional<String>> CLUSTER_BUS_HOST =
      key("cluster.bus.host", Kind.host().optional(), "");
  static final Key<Integer> CLUSTER_BUS_PORT =
      key("cluster.bus.port", Kind.number(1, 65_535), "5702");

  static final Key<Duration> AGENTS_HEARTBEAT =
      key("agents.heartbeat", Kind.duration("100ms", "1m"), "5s");
  static final Key<Duration> AGENTS_LEASE =
      key("agents.lease", Kind.duration("500ms", "1h"), "30s");
  static final Key<Duration> AGENTS_RESEND_AFTER =
      key("agents.resendAfter", Kind.duration("500ms", "10m"), "10s");

  static final Key<Optional<Secret>> ADMIN_PASSWORD =
      key("security.adminPassword", Kind.secret(10, 200).optional(), "");
  static final Key<Optional<Secret>> ADMIN_TOKEN =
      key("security.adminToken", Kind.token(32, 512).optional(), "");
  static final Key<Optional<Secret>> REGISTRATION_TOKEN =
      key("security.registrationToken", Kind.token(32, 512).optional(), "");
  static final Key<Duration> SESSION_LIFETIME =
      key("security.sessionLifetime", Kind.duration("1m", "30d"), "12h");
  static final Key<Boolean> SECURE_COOKIES = key("security.secureCookies", Kind.flag(), "false");

  static final Key<Integer> TRACKING_PARTITIONS =
      key("tracking.partitions", Kind.number(1, 64), "4");

  static final Key<Long> LOGS_MAX_PER_TASK =
      key("logs.maxPerTask", Kind.size("64KB", "1GB"), "16MB");

  static final Key<Duration> RETENTION_AGE =
      key("retention.age", Kind.duration("1h", "9999d"), "90d");
  static final Key<Integer> RETENTION_EXECUTIONS =
      key("retention.executions", Kind.number(1, 1_000_000_000), "100000");
  static final Key<Duration> RETENTION_INTERVAL =
      key("retention.interval", Kind.duration("1s", "1d"), "10m");

  private Keys() {}

  private static <T> Key<T> key(String path, Kind<T> kind, String standard) {
    Key<T> key = new Key<>(path, kind, standard);
    TABLE.add(key);
    return key;
  }
}
