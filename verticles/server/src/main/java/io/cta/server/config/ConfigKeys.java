package io.cta.server.config;

import io.cta.s3.S3Address;
import io.cta.server.config.ServerConfig.ArtifactStoreType;
import io.cta.server.config.ServerConfig.BrokerType;
import io.cta.server.config.ServerConfig.SaslMechanism;
import io.cta.server.config.ServerConfig.StoreType;
import io.cta.server.config.ServerConfig.Synchronous;
import io.cta.server.http.AddressRange;
import io.cta.server.mail.MailTls;
import io.cta.server.outgoing.OutgoingAllow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** All configuration keys, in the order of {@code conf/cta.yaml}. */
final class ConfigKeys {
  private static final List<ConfigKey<?>> TABLE = new ArrayList<>();
  static final List<ConfigKey<?>> ALL = Collections.unmodifiableList(TABLE);

  static final ConfigKey<Path> DATA = key("data", ValueParser.path(), "data");

  static final ConfigKey<String> HTTP_HOST = key("http.host", ValueParser.host(), "0.0.0.0");
  static final ConfigKey<Integer> HTTP_PORT =
      key("http.port", ValueParser.number(0, 65_535), "8080");
  static final ConfigKey<Optional<String>> HTTP_PUBLIC_URL =
      key("http.publicUrl", ValueParser.url().optional(), "");
  static final ConfigKey<List<AddressRange>> HTTP_TRUSTED_PROXIES =
      key("http.trustedProxies", ValueParser.addresses(), "");
  static final ConfigKey<Long> HTTP_MAX_BODY =
      key("http.maxBody", ValueParser.size("1KB", "64MB"), "1MB");

  static final ConfigKey<Integer> HTTP_CONNECTIONS =
      key("http.limits.connections", ValueParser.number(10, 1_000_000), "20000");
  static final ConfigKey<Integer> HTTP_CONNECTIONS_PER_ADDRESS =
      key("http.limits.connectionsPerAddress", ValueParser.number(1, 1_000_000), "1000");
  static final ConfigKey<Integer> HTTP_BODIES =
      key("http.limits.bodies", ValueParser.number(1, 100_000), "500");
  static final ConfigKey<Integer> HTTP_BODIES_PER_ADDRESS =
      key("http.limits.bodiesPerAddress", ValueParser.number(1, 100_000), "100");
  static final ConfigKey<Long> HTTP_BODY_BYTES =
      key("http.limits.bodyBytes", ValueParser.size("64KB", "64GB"), "64MB");
  static final ConfigKey<Long> HTTP_BODY_BYTES_PER_ADDRESS =
      key("http.limits.bodyBytesPerAddress", ValueParser.size("64KB", "64GB"), "16MB");
  static final ConfigKey<Duration> HTTP_HEADER_TIMEOUT =
      key("http.limits.headerTimeout", ValueParser.duration("200ms", "5m"), "10s");
  static final ConfigKey<Duration> HTTP_BODY_TIMEOUT =
      key("http.limits.bodyTimeout", ValueParser.duration("200ms", "1h"), "30s");

  static final ConfigKey<StoreType> STORE_TYPE =
      key("store.type", ValueParser.oneOf(StoreType.class), "sqlite");
  static final ConfigKey<Synchronous> SQLITE_SYNCHRONOUS =
      key("store.sqlite.synchronous", ValueParser.oneOf(Synchronous.class), "normal");
  static final ConfigKey<Integer> SQLITE_READERS =
      key("store.sqlite.readers", ValueParser.number(1, 32), "2");
  static final ConfigKey<Optional<SecretValue>> MONGO_URL =
      key("store.mongo.url", ValueParser.mongoUrl().optional(), "");
  static final ConfigKey<String> MONGO_DATABASE =
      key("store.mongo.database", ValueParser.name(), "cta");

  static final ConfigKey<BrokerType> BROKER_TYPE =
      key("broker.type", ValueParser.oneOf(BrokerType.class), "embedded");
  static final ConfigKey<Optional<SecretValue>> RABBITMQ_URL =
      key("broker.rabbitmq.url", ValueParser.amqpUrl().optional(), "");
  static final ConfigKey<Optional<Path>> RABBITMQ_TRUST =
      key("broker.rabbitmq.trust", ValueParser.file().optional(), "");
  static final ConfigKey<Optional<String>> KAFKA_BOOTSTRAP =
      key("broker.kafka.bootstrap", ValueParser.hosts().optional(), "");
  static final ConfigKey<Optional<Integer>> KAFKA_REPLICATION =
      key("broker.kafka.replication", ValueParser.number(1, 9).optional(), "");
  static final ConfigKey<Boolean> KAFKA_TLS = key("broker.kafka.tls", ValueParser.flag(), "false");
  static final ConfigKey<Optional<Path>> KAFKA_TRUST =
      key("broker.kafka.trust", ValueParser.file().optional(), "");
  static final ConfigKey<SaslMechanism> KAFKA_MECHANISM =
      key("broker.kafka.mechanism", ValueParser.oneOf(SaslMechanism.class), "scram-sha-512");
  static final ConfigKey<Optional<String>> KAFKA_USER =
      key("broker.kafka.user", ValueParser.text(200).optional(), "");
  static final ConfigKey<Optional<SecretValue>> KAFKA_PASSWORD =
      key("broker.kafka.password", ValueParser.secret(1, 200).optional(), "");

  static final ConfigKey<Optional<String>> CLUSTER_HOST =
      key("cluster.host", ValueParser.host().optional(), "");
  static final ConfigKey<Integer> CLUSTER_PORT =
      key("cluster.port", ValueParser.number(1, 65_535), "5701");
  static final ConfigKey<Optional<String>> CLUSTER_MEMBERS =
      key("cluster.members", ValueParser.hosts().optional(), "");
  static final ConfigKey<Duration> CLUSTER_DEAD_AFTER =
      key("cluster.deadAfter", ValueParser.duration("2s", "1m"), "5s");
  static final ConfigKey<Optional<String>> CLUSTER_BUS_HOST =
      key("cluster.bus.host", ValueParser.host().optional(), "");
  static final ConfigKey<Integer> CLUSTER_BUS_PORT =
      key("cluster.bus.port", ValueParser.number(1, 65_535), "5702");

  static final ConfigKey<Duration> AGENTS_HEARTBEAT =
      key("agents.heartbeat", ValueParser.duration("100ms", "1m"), "5s");
  static final ConfigKey<Duration> AGENTS_LEASE =
      key("agents.lease", ValueParser.duration("500ms", "1h"), "30s");
  static final ConfigKey<Duration> AGENTS_RESEND_AFTER =
      key("agents.resendAfter", ValueParser.duration("500ms", "10m"), "10s");

  static final ConfigKey<Optional<SecretValue>> ADMIN_PASSWORD =
      key("security.adminPassword", ValueParser.secret(10, 200).optional(), "");
  static final ConfigKey<Optional<SecretValue>> ADMIN_TOKEN =
      key("security.adminToken", ValueParser.token(32, 512).optional(), "");
  static final ConfigKey<Optional<SecretValue>> REGISTRATION_TOKEN =
      key("security.registrationToken", ValueParser.token(32, 512).optional(), "");
  static final ConfigKey<Optional<SecretValue>> SECRET_KEYS =
      key("security.secretKeys", ValueParser.secretKeys().optional(), "");
  static final ConfigKey<Duration> SESSION_LIFETIME =
      key("security.sessionLifetime", ValueParser.duration("1m", "30d"), "12h");
  static final ConfigKey<Boolean> SECURE_COOKIES =
      key("security.secureCookies", ValueParser.flag(), "false");

  static final ConfigKey<Integer> TRACKING_PARTITIONS =
      key("tracking.partitions", ValueParser.number(1, 64), "4");

  static final ConfigKey<OutgoingAllow> OUTGOING_ALLOW =
      key("outgoing.allow", ValueParser.outgoing(), "");

  static final ConfigKey<Optional<String>> MAIL_HOST =
      key("mail.host", ValueParser.host().optional(), "");
  static final ConfigKey<Integer> MAIL_PORT =
      key("mail.port", ValueParser.number(1, 65_535), "587");
  static final ConfigKey<MailTls> MAIL_TLS =
      key("mail.tls", ValueParser.oneOf(MailTls.class), "starttls");
  static final ConfigKey<Optional<Path>> MAIL_TRUST =
      key("mail.trust", ValueParser.file().optional(), "");
  static final ConfigKey<Optional<String>> MAIL_USER =
      key("mail.user", ValueParser.text(320).optional(), "");
  static final ConfigKey<Optional<SecretValue>> MAIL_PASSWORD =
      key("mail.password", ValueParser.secret(1, 200).optional(), "");
  static final ConfigKey<Optional<String>> MAIL_FROM =
      key("mail.from", ValueParser.mailAddress().optional(), "");

  static final ConfigKey<Long> LOGS_MAX_PER_TASK =
      key("logs.maxPerTask", ValueParser.size("64KB", "1GB"), "16MB");

  static final ConfigKey<ArtifactStoreType> ARTIFACTS_STORE =
      key("artifacts.store", ValueParser.oneOf(ArtifactStoreType.class), "directory");
  static final ConfigKey<Optional<Path>> ARTIFACTS_DIRECTORY =
      key("artifacts.directory", ValueParser.absolutePath().optional(), "");
  static final ConfigKey<Optional<S3Address>> ARTIFACTS_S3_URL =
      key("artifacts.s3.url", ValueParser.bucket().optional(), "");
  static final ConfigKey<Optional<String>> ARTIFACTS_S3_ENDPOINT =
      key("artifacts.s3.endpoint", ValueParser.s3Endpoint().optional(), "");
  static final ConfigKey<Optional<String>> ARTIFACTS_S3_REGION =
      key("artifacts.s3.region", ValueParser.s3Region().optional(), "");
  static final ConfigKey<Optional<Boolean>> ARTIFACTS_S3_PATH_STYLE =
      key("artifacts.s3.pathStyle", ValueParser.flag().optional(), "");
  static final ConfigKey<Optional<String>> ARTIFACTS_S3_ACCESS_KEY =
      key("artifacts.s3.accessKey", ValueParser.visible(1, 200).optional(), "");
  static final ConfigKey<Optional<SecretValue>> ARTIFACTS_S3_SECRET_KEY =
      key("artifacts.s3.secretKey", ValueParser.secret(1, 200).optional(), "");
  static final ConfigKey<Long> ARTIFACTS_MAX_FILE =
      key("artifacts.maxFile", ValueParser.size("1KB", "1024GB"), "1GB");
  static final ConfigKey<Long> ARTIFACTS_MAX_PER_TASK =
      key("artifacts.maxPerTask", ValueParser.size("1KB", "1024GB"), "4GB");
  static final ConfigKey<Integer> ARTIFACTS_MAX_FILES =
      key("artifacts.maxFiles", ValueParser.number(1, 100_000), "5000");
  static final ConfigKey<Duration> ARTIFACTS_LINK_LIFETIME =
      key("artifacts.linkLifetime", ValueParser.duration("10s", "7d"), "15m");

  static final ConfigKey<Duration> RETENTION_AGE =
      key("retention.age", ValueParser.duration("1h", "9999d"), "90d");
  static final ConfigKey<Integer> RETENTION_EXECUTIONS =
      key("retention.executions", ValueParser.number(1, 1_000_000_000), "100000");
  static final ConfigKey<Duration> RETENTION_INTERVAL =
      key("retention.interval", ValueParser.duration("1s", "1d"), "10m");

  private ConfigKeys() {}

  private static <T> ConfigKey<T> key(String path, ValueParser<T> kind, String standard) {
    ConfigKey<T> key = new ConfigKey<>(path, kind, standard);
    TABLE.add(key);
    return key;
  }
}
