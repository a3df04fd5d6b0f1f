package io.cta.server.config;

import io.cta.s3.S3Environment;
import io.cta.server.config.ServerConfig.ArtifactStoreType;
import io.cta.server.config.ServerConfig.BrokerType;
import io.cta.server.config.ServerConfig.StoreType;
import io.cta.server.mail.MailTls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the configuration: the environment overrides the file, the file overrides the defaults.
 * Blocking: not on an event loop.
 */
public final class ConfigLoader {
  private final List<String> errors = new ArrayList<>();
  private final Map<ConfigKey<?>, Object> values = new HashMap<>();

  private final Map<String, String> env;

  private ConfigLoader(Map<String, String> env) {
    this.env = env;
  }

  /**
   * @param file empty for a server that is configured by its environment alone
   */
  public static ConfigResult load(Optional<Path> file, Map<String, String> env) {
    return new ConfigLoader(env).run(file);
  }

  private ConfigResult run(Optional<Path> file) {
    Map<String, ConfigSetting> settings = new HashMap<>();
    file.ifPresent(path -> settings.putAll(known(ConfigFile.read(path, errors))));
    settings.putAll(EnvironmentReader.read(env, errors));
    ConfigKeys.ALL.forEach(key -> value(key, settings.get(key.path())));
    if (errors.isEmpty()) {
      checkTogether();
    }
    return errors.isEmpty()
        ? new ConfigResult.Loaded(config())
        : new ConfigResult.Faulty(List.copyOf(errors));
  }

  private Map<String, ConfigSetting> known(ConfigFile file) {
    Map<String, ConfigSetting> out = new HashMap<>(file.settings);
    List<String> paths = ConfigKeys.ALL.stream().map(ConfigKey::path).toList();
    file.settings.forEach(
        (path, setting) -> {
          if (setting.text() == null && paths.stream().anyMatch(k -> within(k, path))) {
            out.remove(path);
          } else if (!paths.contains(path)) {
            out.remove(path);
            errors.add(setting.source() + ": " + unknown(path, paths));
          }
        });
    return out;
  }

  private static boolean within(String key, String path) {
    return key.equals(path) || key.startsWith(path + ".");
  }

  private static String unknown(String path, List<String> paths) {
    if (paths.stream().anyMatch(known -> known.startsWith(path + "."))) {
      return path + " is a section, not a key";
    }
    Optional<String> above = paths.stream().filter(k -> path.startsWith(k + ".")).findFirst();
    if (above.isPresent()) {
      return above.get() + " is a key, not a section";
    }
    String last = path.substring(path.lastIndexOf('.') + 1);
    Optional<String> elsewhere =
        paths.stream().filter(known -> known.endsWith("." + last)).findFirst();
    return path
        + " is not a known key"
        + NameSuggestion.to(path, paths)
            .or(() -> NameSuggestion.to(path, sections(paths)))
            .or(() -> elsewhere)
            .map(meant -> ", did you mean " + meant + "?")
            .orElse("");
  }

  private static List<String> sections(List<String> paths) {
    return paths.stream()
        .filter(path -> path.contains("."))
        .map(path -> path.substring(0, path.lastIndexOf('.')))
        .distinct()
        .toList();
  }

  private <T> void value(ConfigKey<T> key, ConfigSetting setting) {
    String text = setting == null ? key.standard() : setting.text();
    try {
      values.put(key, key.kind().read().apply(text));
    } catch (IllegalArgumentException e) {
      String source = setting == null ? "default" : setting.source();
      errors.add(source + ": " + key.path() + " must be " + key.kind().rule());
    }
  }

  /** Checks the rules that involve more than one key. */
  private void checkTogether() {
    if (get(ConfigKeys.STORE_TYPE) == StoreType.MONGO && get(ConfigKeys.MONGO_URL).isEmpty()) {
      errors.add("store.mongo.url must be set when store.type is mongo");
    }
    if (get(ConfigKeys.BROKER_TYPE) == BrokerType.RABBITMQ
        && get(ConfigKeys.RABBITMQ_URL).isEmpty()) {
      errors.add("broker.rabbitmq.url must be set when broker.type is rabbitmq");
    }
    if (get(ConfigKeys.RABBITMQ_TRUST).isPresent()
        && get(ConfigKeys.RABBITMQ_URL)
            .filter(url -> url.value().startsWith("amqp://"))
            .isPresent()) {
      errors.add("broker.rabbitmq.trust needs a broker.rabbitmq.url that begins with amqps://");
    }
    if (get(ConfigKeys.BROKER_TYPE) == BrokerType.KAFKA
        && get(ConfigKeys.KAFKA_BOOTSTRAP).isEmpty()) {
      errors.add("broker.kafka.bootstrap must be set when broker.type is kafka");
    }
    if (get(ConfigKeys.KAFKA_TRUST).isPresent() && !get(ConfigKeys.KAFKA_TLS)) {
      errors.add("broker.kafka.trust needs broker.kafka.tls: true");
    }
    if (get(ConfigKeys.KAFKA_USER).isPresent() != get(ConfigKeys.KAFKA_PASSWORD).isPresent()) {
      errors.add("broker.kafka.user and broker.kafka.password must be set together");
    }
    if (get(ConfigKeys.ADMIN_TOKEN).isPresent()
        && get(ConfigKeys.ADMIN_TOKEN).equals(get(ConfigKeys.REGISTRATION_TOKEN))) {
      errors.add("security.adminToken and security.registrationToken must differ");
    }
    checkMail();
    checkArtifacts();
    if (get(ConfigKeys.HTTP_BODY_BYTES_PER_ADDRESS) < get(ConfigKeys.HTTP_MAX_BODY)
        || get(ConfigKeys.HTTP_BODY_BYTES) < get(ConfigKeys.HTTP_MAX_BODY)) {
      errors.add(
          "http.limits.bodyBytes and http.limits.bodyBytesPerAddress must be at least"
              + " http.maxBody");
    }
    if (get(ConfigKeys.AGENTS_LEASE).compareTo(get(ConfigKeys.AGENTS_HEARTBEAT).multipliedBy(2))
        < 0) {
      errors.add("agents.lease must be at least twice agents.heartbeat");
    }
  }

  private void checkMail() {
    boolean open = get(ConfigKeys.MAIL_TLS) == MailTls.NONE;
    if (get(ConfigKeys.MAIL_HOST).isPresent() && get(ConfigKeys.MAIL_FROM).isEmpty()) {
      errors.add("mail.from must be set when mail.host is");
    }
    if (get(ConfigKeys.MAIL_USER).isPresent() != get(ConfigKeys.MAIL_PASSWORD).isPresent()) {
      errors.add("mail.user and mail.password must be set together");
    }
    if (get(ConfigKeys.MAIL_USER).isPresent() && open) {
      errors.add("mail.user needs mail.tls: starttls or tls, or the password could be read");
    }
    if (get(ConfigKeys.MAIL_TRUST).isPresent() && open) {
      errors.add("mail.trust needs mail.tls: starttls or tls");
    }
  }

  private void checkArtifacts() {
    if (get(ConfigKeys.ARTIFACTS_S3_ACCESS_KEY).isPresent()
        != get(ConfigKeys.ARTIFACTS_S3_SECRET_KEY).isPresent()) {
      errors.add("artifacts.s3.accessKey and artifacts.s3.secretKey must be set together");
    }
    if (get(ConfigKeys.ARTIFACTS_STORE) != ArtifactStoreType.S3) {
      return;
    }
    if (get(ConfigKeys.ARTIFACTS_S3_URL).isEmpty()) {
      errors.add("artifacts.s3.url must be set when artifacts.store is s3");
    }
    if (bucket().credentials().isEmpty()) {
      errors.add(
          "artifacts.s3.accessKey and artifacts.s3.secretKey must be set when artifacts.store is"
              + " s3, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment");
    }
    if (get(ConfigKeys.ARTIFACTS_DIRECTORY).isPresent()) {
      errors.add("artifacts.directory needs artifacts.store: directory");
    }
  }

  private ServerConfig config() {
    return ServerConfigBuilder.builder()
        .data(get(ConfigKeys.DATA))
        .http(
            new ServerConfig.Http(
                get(ConfigKeys.HTTP_HOST),
                get(ConfigKeys.HTTP_PORT),
                get(ConfigKeys.HTTP_PUBLIC_URL),
                get(ConfigKeys.HTTP_TRUSTED_PROXIES),
                get(ConfigKeys.HTTP_MAX_BODY).intValue(),
                httpLimits()))
        .store(
            new ServerConfig.Store(
                get(ConfigKeys.STORE_TYPE),
                new ServerConfig.Sqlite(
                    get(ConfigKeys.SQLITE_SYNCHRONOUS), get(ConfigKeys.SQLITE_READERS)),
                new ServerConfig.Mongo(get(ConfigKeys.MONGO_URL), get(ConfigKeys.MONGO_DATABASE))))
        .broker(
            new ServerConfig.Broker(
                get(ConfigKeys.BROKER_TYPE),
                new ServerConfig.RabbitMq(
                    get(ConfigKeys.RABBITMQ_URL), get(ConfigKeys.RABBITMQ_TRUST)),
                new ServerConfig.Kafka(
                    get(ConfigKeys.KAFKA_BOOTSTRAP),
                    get(ConfigKeys.KAFKA_REPLICATION),
                    get(ConfigKeys.KAFKA_TLS),
                    get(ConfigKeys.KAFKA_TRUST),
                    get(ConfigKeys.KAFKA_MECHANISM),
                    get(ConfigKeys.KAFKA_USER),
                    get(ConfigKeys.KAFKA_PASSWORD))))
        .cluster(
            new ServerConfig.Cluster(
                get(ConfigKeys.CLUSTER_HOST),
                get(ConfigKeys.CLUSTER_PORT),
                get(ConfigKeys.CLUSTER_MEMBERS),
                get(ConfigKeys.CLUSTER_DEAD_AFTER),
                new ServerConfig.Bus(
                    get(ConfigKeys.CLUSTER_BUS_HOST), get(ConfigKeys.CLUSTER_BUS_PORT))))
        .agents(
            new ServerConfig.Agents(
                get(ConfigKeys.AGENTS_HEARTBEAT),
                get(ConfigKeys.AGENTS_LEASE),
                get(ConfigKeys.AGENTS_RESEND_AFTER)))
        .security(
            new ServerConfig.Security(
                get(ConfigKeys.ADMIN_PASSWORD),
                get(ConfigKeys.ADMIN_TOKEN),
                get(ConfigKeys.REGISTRATION_TOKEN),
                get(ConfigKeys.SECRET_KEYS),
                get(ConfigKeys.SESSION_LIFETIME),
                get(ConfigKeys.SECURE_COOKIES)))
        .tracking(new ServerConfig.Tracking(get(ConfigKeys.TRACKING_PARTITIONS)))
        .outgoing(new ServerConfig.Outgoing(get(ConfigKeys.OUTGOING_ALLOW)))
        .mail(
            new ServerConfig.Mail(
                get(ConfigKeys.MAIL_HOST),
                get(ConfigKeys.MAIL_PORT),
                get(ConfigKeys.MAIL_TLS),
                get(ConfigKeys.MAIL_TRUST),
                get(ConfigKeys.MAIL_USER),
                get(ConfigKeys.MAIL_PASSWORD),
                get(ConfigKeys.MAIL_FROM)))
        .logs(new ServerConfig.Logs(get(ConfigKeys.LOGS_MAX_PER_TASK)))
        .artifacts(
            new ServerConfig.Artifacts(
                get(ConfigKeys.ARTIFACTS_STORE),
                get(ConfigKeys.ARTIFACTS_DIRECTORY),
                bucket(),
                get(ConfigKeys.ARTIFACTS_MAX_FILE),
                get(ConfigKeys.ARTIFACTS_MAX_PER_TASK),
                get(ConfigKeys.ARTIFACTS_MAX_FILES),
                get(ConfigKeys.ARTIFACTS_LINK_LIFETIME)))
        .retention(
            new ServerConfig.Retention(
                get(ConfigKeys.RETENTION_AGE),
                get(ConfigKeys.RETENTION_EXECUTIONS),
                get(ConfigKeys.RETENTION_INTERVAL)))
        .build();
  }

  private ServerConfig.S3 bucket() {
    return new ServerConfig.S3(
        get(ConfigKeys.ARTIFACTS_S3_URL),
        get(ConfigKeys.ARTIFACTS_S3_ENDPOINT),
        get(ConfigKeys.ARTIFACTS_S3_REGION),
        get(ConfigKeys.ARTIFACTS_S3_PATH_STYLE),
        get(ConfigKeys.ARTIFACTS_S3_ACCESS_KEY),
        get(ConfigKeys.ARTIFACTS_S3_SECRET_KEY),
        S3Environment.of(env));
  }

  private ServerConfig.HttpBounds httpLimits() {
    return new ServerConfig.HttpBounds(
        get(ConfigKeys.HTTP_CONNECTIONS),
        get(ConfigKeys.HTTP_CONNECTIONS_PER_ADDRESS),
        get(ConfigKeys.HTTP_BODIES),
        get(ConfigKeys.HTTP_BODIES_PER_ADDRESS),
        get(ConfigKeys.HTTP_BODY_BYTES),
        get(ConfigKeys.HTTP_BODY_BYTES_PER_ADDRESS),
        get(ConfigKeys.HTTP_HEADER_TIMEOUT),
        get(ConfigKeys.HTTP_BODY_TIMEOUT));
  }

  @SuppressWarnings("unchecked")
  private <T> T get(ConfigKey<T> key) {
    return (T) values.get(key);
  }
}
