package io.cta.server.config;

import io.cta.server.config.ServerConfig.BrokerType;
import io.cta.server.config.ServerConfig.StoreType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the configuration: the environment goes before the file, the file before the defaults.
 * Reads the file where it is called, so not for an event loop.
 */
public final class ConfigLoader {
  private final List<String> errors = new ArrayList<>();
  private final Map<Key<?>, Object> values = new HashMap<>();

  private ConfigLoader() {}

  /**
   * @param file none for a server that is configured by its environment alone
   */
  public static ConfigResult load(Optional<Path> file, Map<String, String> env) {
    return new ConfigLoader().run(file, env);
  }

  private ConfigResult run(Optional<Path> file, Map<String, String> env) {
    Map<String, Setting> settings = new HashMap<>();
    file.ifPresent(path -> settings.putAll(known(ConfigFile.read(path, errors))));
    settings.putAll(Environment.read(env, errors));
    Keys.ALL.forEach(key -> value(key, settings.get(key.path())));
    if (errors.isEmpty()) {
      together();
    }
    return errors.isEmpty()
        ? new ConfigResult.Loaded(config())
        : new ConfigResult.Faulty(List.copyOf(errors));
  }

  private Map<String, Setting> known(ConfigFile file) {
    Map<String, Setting> out = new HashMap<>(file.settings);
    List<String> paths = Keys.ALL.stream().map(Key::path).toList();
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
        + Nearest.to(path, paths)
            .or(() -> Nearest.to(path, sections(paths)))
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

  private <T> void value(Key<T> key, Setting setting) {
    String text = setting == null ? key.standard() : setting.text();
    try {
      values.put(key, key.kind().read().apply(text));
    } catch (IllegalArgumentException e) {
      String source = setting == null ? "default" : setting.source();
      errors.add(source + ": " + key.path() + " must be " + key.kind().rule());
    }
  }

  /** Rules over more than one key. */
  private void together() {
    if (get(Keys.STORE_TYPE) == StoreType.MONGO && get(Keys.MONGO_URL).isEmpty()) {
      errors.add("store.mongo.url must be set when store.type is mongo");
    }
    if (get(Keys.BROKER_TYPE) == BrokerType.RABBITMQ && get(Keys.RABBITMQ_URL).isEmpty()) {
      errors.add("broker.rabbitmq.url must be set when broker.type is rabbitmq");
    }
    if (get(Keys.RABBITMQ_TRUST).isPresent()
        && get(Keys.RABBITMQ_URL).filter(url -> url.value().startsWith("amqp://")).isPresent()) {
      errors.add("broker.rabbitmq.trust needs a broker.rabbitmq.url that begins with amqps://");
    }
    if (get(Keys.BROKER_TYPE) == BrokerType.KAFKA && get(Keys.KAFKA_BOOTSTRAP).isEmpty()) {
      errors.add("broker.kafka.bootstrap must be set when broker.type is kafka");
    }
    if (get(Keys.KAFKA_TRUST).isPresent() && !get(Keys.KAFKA_TLS)) {
      errors.add("broker.kafka.trust needs broker.kafka.tls: true");
    }
    if (get(Keys.KAFKA_USER).isPresent() != get(Keys.KAFKA_PASSWORD).isPresent()) {
      errors.add("broker.kafka.user and broker.kafka.password must be set together");
    }
    if (get(Keys.HTTP_BODY_BYTES_PER_ADDRESS) < get(Keys.HTTP_MAX_BODY)
        || get(Keys.HTTP_BODY_BYTES) < get(Keys.HTTP_MAX_BODY)) {
      errors.add(
          "http.limits.bodyBytes and http.limits.bodyBytesPerAddress must be at least"
              + " http.maxBody");
    }
    if (get(Keys.AGENTS_LEASE).compareTo(get(Keys.AGENTS_HEARTBEAT).multipliedBy(2)) < 0) {
      errors.add("agents.lease must be at least twice agents.heartbeat");
    }
  }

  private ServerConfig config() {
    return new ServerConfig(
        get(Keys.DATA),
        new ServerConfig.Http(
            get(Keys.HTTP_HOST),
            get(Keys.HTTP_PORT),
            get(Keys.HTTP_PUBLIC_URL),
            get(Keys.HTTP_TRUSTED_PROXIES),
            get(Keys.HTTP_MAX_BODY).intValue(),
            httpLimits()),
        new ServerConfig.Store(
            get(Keys.STORE_TYPE),
            new ServerConfig.Sqlite(get(Keys.SQLITE_SYNCHRONOUS), get(Keys.SQLITE_READERS)),
            new ServerConfig.Mongo(get(Keys.MONGO_URL), get(Keys.MONGO_DATABASE))),
        new ServerConfig.Broker(
            get(Keys.BROKER_TYPE),
            new ServerConfig.RabbitMq(get(Keys.RABBITMQ_URL), get(Keys.RABBITMQ_TRUST)),
            new ServerConfig.Kafka(
                get(Keys.KAFKA_BOOTSTRAP),
                get(Keys.KAFKA_REPLICATION),
                get(Keys.KAFKA_TLS),
                get(Keys.KAFKA_TRUST),
                get(Keys.KAFKA_MECHANISM),
                get(Keys.KAFKA_USER),
                get(Keys.KAFKA_PASSWORD))),
        new ServerConfig.Cluster(
            get(Keys.CLUSTER_HOST),
            get(Keys.CLUSTER_PORT),
            get(Keys.CLUSTER_MEMBERS),
            get(Keys.CLUSTER_DEAD_AFTER),
            new ServerConfig.Bus(get(Keys.CLUSTER_BUS_HOST), get(Keys.CLUSTER_BUS_PORT))),
        new ServerConfig.Agents(
            get(Keys.AGENTS_HEARTBEAT), get(Keys.AGENTS_LEASE), get(Keys.AGENTS_RESEND_AFTER)),
        new ServerConfig.Security(
            get(Keys.ADMIN_PASSWORD),
            get(Keys.ADMIN_TOKEN),
            get(Keys.REGISTRATION_TOKEN),
            get(Keys.SESSION_LIFETIME),
            get(Keys.SECURE_COOKIES)),
        new ServerConfig.Tracking(get(Keys.TRACKING_PARTITIONS)),
        new ServerConfig.Logs(get(Keys.LOGS_MAX_PER_TASK)),
        new ServerConfig.Retention(
            get(Keys.RETENTION_AGE), get(Keys.RETENTION_EXECUTIONS), get(Keys.RETENTION_INTERVAL)));
  }

  private ServerConfig.HttpBounds httpLimits() {
    return new ServerConfig.HttpBounds(
        get(Keys.HTTP_CONNECTIONS),
        get(Keys.HTTP_CONNECTIONS_PER_ADDRESS),
        get(Keys.HTTP_BODIES),
        get(Keys.HTTP_BODIES_PER_ADDRESS),
        get(Keys.HTTP_BODY_BYTES),
        get(Keys.HTTP_BODY_BYTES_PER_ADDRESS),
        get(Keys.HTTP_HEADER_TIMEOUT),
        get(Keys.HTTP_BODY_TIMEOUT));
  }

  @SuppressWarnings("unchecked")
  private <T> T get(Key<T> key) {
    return (T) values.get(key);
  }
}
