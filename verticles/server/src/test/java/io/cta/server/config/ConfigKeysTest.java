package io.cta.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.config.ConfigResult.Faulty;
import io.cta.server.config.ConfigResult.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key has a default, can be set by file and environment, and refuses a bad value. */
@Timeout(20)
class ConfigKeysTest {
  /** For each key a good value other than the default, and a bad one. */
  private static final Map<String, List<String>> SAMPLES =
      Map.ofEntries(
          sample("data", "/var/lib/cta", " "),
          sample("http.host", "127.0.0.1", "a b"),
          sample("http.port", "0", "65536"),
          sample("http.publicUrl", "https://cta.example.org/x", "cta.example.org"),
          sample("http.trustedProxies", "10.0.0.0/8, ::1", "10.0.0.0/33"),
          sample("http.maxBody", "64KB", "1TB"),
          sample("http.limits.connections", "50", "9"),
          sample("http.limits.connectionsPerAddress", "5", "0"),
          sample("http.limits.bodies", "7", "-1"),
          sample("http.limits.bodiesPerAddress", "3", "none"),
          sample("http.limits.bodyBytes", "128MB", "1KB"),
          sample("http.limits.bodyBytesPerAddress", "32MB", "16"),
          sample("http.limits.headerTimeout", "2s", "6m"),
          sample("http.limits.bodyTimeout", "1m", "100ms"),
          sample("store.type", "mongo", "oracle"),
          sample("store.sqlite.synchronous", "full", "FULL"),
          sample("store.sqlite.readers", "32", "0"),
          sample("store.mongo.url", "mongodb://h:1,i:2/?replicaSet=r", "http://h"),
          sample("store.mongo.database", "tests_2", "a.b"),
          sample("broker.type", "kafka", "zeromq"),
          sample("broker.rabbitmq.url", "amqps://u:p@h:5671,i:5671/cta", "http://h"),
          sample("broker.rabbitmq.trust", "pom.xml", "no/such/file.pem"),
          sample("broker.kafka.bootstrap", "h:9092,i:9092", "h"),
          sample("broker.kafka.replication", "3", "0"),
          sample("broker.kafka.tls", "true", "on"),
          sample("broker.kafka.trust", "pom.xml", "src"),
          sample("broker.kafka.mechanism", "plain", "SCRAM-SHA-512"),
          sample("broker.kafka.user", "cta", " cta"),
          sample("broker.kafka.password", "a password", "x".repeat(201)),
          sample("cluster.host", "10.0.0.1", "a b"),
          sample("cluster.port", "7000", "0"),
          sample("cluster.members", "a:5701,b:5701", "a"),
          sample("cluster.deadAfter", "3s", "1s"),
          sample("cluster.bus.host", "10.0.0.2", "a/b"),
          sample("cluster.bus.port", "7001", "65536"),
          sample("agents.heartbeat", "1s", "0s"),
          sample("agents.lease", "2m", "30"),
          sample("agents.resendAfter", "500ms", "-1s"),
          sample("security.adminPassword", "correct horse", "short"),
          sample("security.adminToken", "0123456789abcdef0123456789abcdef", "too-short"),
          sample("security.registrationToken", "x".repeat(512), "x".repeat(513)),
          sample("security.secretKeys", "A".repeat(43) + "=", "A".repeat(40)),
          sample("security.sessionLifetime", "30d", "31d"),
          sample("security.secureCookies", "true", "yes"),
          sample("tracking.partitions", "1", "many"),
          sample("logs.maxPerTask", "1GB", "16 MB"),
          sample("mail.host", "mail.example.org", "a b"),
          sample("mail.port", "465", "0"),
          sample("mail.tls", "tls", "ssl"),
          sample("mail.trust", "pom.xml", "no/such/file.pem"),
          sample("mail.user", "cta", " cta"),
          sample("mail.password", "a password", "x".repeat(201)),
          sample("mail.from", "cta@example.org", "cta"),
          sample("outgoing.allow", "hooks.internal, 10.0.0.0/8", "10.0.0.0/33"),
          sample("artifacts.store", "s3", "S3"),
          sample("artifacts.s3.url", "s3://bucket/cta/", "s3://bucket/key"),
          sample("artifacts.s3.endpoint", "https://s3.internal:9000", "s3.internal"),
          sample("artifacts.s3.region", "eu-central-1", "eu central"),
          sample("artifacts.s3.pathStyle", "true", "yes"),
          sample("artifacts.s3.accessKey", "AKIDEXAMPLE", "a key"),
          sample("artifacts.s3.secretKey", "not/so+secret", " x"),
          sample("artifacts.directory", "/mnt/shared", "shared"),
          sample("artifacts.maxFile", "2GB", "10"),
          sample("artifacts.maxPerTask", "1024GB", "1025GB"),
          sample("artifacts.maxFiles", "7", "0"),
          sample("artifacts.linkLifetime", "1h", "8d"),
          sample("retention.age", "1h", "1m"),
          sample("retention.executions", "1", "0"),
          sample("retention.interval", "1s", "1.5s"));

  @TempDir Path directory;

  static List<ConfigKey<?>> keys() {
    return ConfigKeys.ALL;
  }

  @Test
  void everyKeyHasSamplesHere() {
    assertEquals(
        ConfigKeys.ALL.stream().map(ConfigKey::path).collect(Collectors.toSet()), SAMPLES.keySet());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyHasItsDefaultWhenNobodySetsIt(ConfigKey<?> key) throws IOException {
    ServerConfig nothing = loaded(Optional.empty(), Map.of());
    assertEquals(key.kind().read().apply(key.standard()), component(nothing, key.path()));
    assertEquals(nothing, loaded(Optional.of(file(null, null)), Map.of()));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyComesFromTheFileAndTheEnvironmentGoesFirst(ConfigKey<?> key) throws IOException {
    String good = SAMPLES.get(key.path()).get(0);
    Object wanted = key.kind().read().apply(good);
    assertNotEquals(key.standard(), good);
    Map<String, String> needed = NEEDED.getOrDefault(key.path(), Map.of());
    Optional<Path> file = Optional.of(file(key.path(), good));
    assertEquals(wanted, component(loaded(file, needed), key.path()));
    Map<String, String> env = new java.util.HashMap<>(needed);
    env.put(key.variable(), good);
    assertEquals(wanted, component(loaded(Optional.empty(), env), key.path()));
    if (!key.standard().isEmpty()) {
      env.put(key.variable(), key.standard());
      assertEquals(loaded(Optional.empty(), Map.of()).getClass(), ServerConfig.class);
      Object back = component(loaded(file, env), key.path());
      assertEquals(key.kind().read().apply(key.standard()), back);
    }
  }

  /** Other variables that a key's sample needs. */
  private static final Map<String, Map<String, String>> NEEDED =
      Map.ofEntries(
          Map.entry("store.type", Map.of("CTA_STORE_MONGO_URL", "mongodb://h")),
          Map.entry("broker.type", Map.of("CTA_BROKER_KAFKA_BOOTSTRAP", "h:9092")),
          Map.entry("broker.kafka.trust", Map.of("CTA_BROKER_KAFKA_TLS", "true")),
          Map.entry("broker.kafka.user", Map.of("CTA_BROKER_KAFKA_PASSWORD", "x")),
          Map.entry("broker.kafka.password", Map.of("CTA_BROKER_KAFKA_USER", "x")),
          Map.entry("mail.host", Map.of("CTA_MAIL_FROM", "cta@example.org")),
          Map.entry("mail.user", Map.of("CTA_MAIL_PASSWORD", "x")),
          Map.entry("mail.password", Map.of("CTA_MAIL_USER", "x")),
          Map.entry(
              "artifacts.store",
              Map.of(
                  "CTA_ARTIFACTS_S3_URL", "s3://bucket/",
                  "AWS_ACCESS_KEY_ID", "x",
                  "AWS_SECRET_ACCESS_KEY", "y")),
          Map.entry("artifacts.s3.accessKey", Map.of("CTA_ARTIFACTS_S3_SECRET_KEY", "x")),
          Map.entry("artifacts.s3.secretKey", Map.of("CTA_ARTIFACTS_S3_ACCESS_KEY", "x")));

  @ParameterizedTest
  @MethodSource("keys")
  void aBadValueIsRefusedWithKeyPlaceAndRule(ConfigKey<?> key) throws IOException {
    String bad = SAMPLES.get(key.path()).get(1);
    Path file = file(key.path(), bad);
    String rule = ": " + key.path() + " must be " + key.kind().rule();
    List<String> inFile = faults(Optional.of(file), Map.of());
    assertEquals(1, inFile.size(), inFile.toString());
    assertTrue(inFile.get(0).matches(".*:\\d+: .*"), inFile.get(0));
    assertTrue(inFile.get(0).startsWith(file + ":") && inFile.get(0).endsWith(rule));
    assertEquals(
        List.of(key.variable() + rule), faults(Optional.empty(), Map.of(key.variable(), bad)));
  }

  @Test
  void theFileOfTheProjectListsEveryKeyAndLoadsToTheDefaults() throws IOException {
    Path file = project("conf/cta.yaml");
    assertEquals(loaded(Optional.empty(), Map.of()), loaded(Optional.of(file), Map.of()));
    assertEquals(
        ConfigKeys.ALL.stream().map(ConfigKey::path).toList(),
        List.copyOf(ConfigFile.read(file, new java.util.ArrayList<>()).settings.keySet()));
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String last = key.path().substring(key.path().lastIndexOf('.') + 1);
      String line = (last + ": " + key.standard()).strip();
      assertTrue(
          Files.readAllLines(file).stream()
              .anyMatch(
                  l ->
                      l.strip()
                          .matches(java.util.regex.Pattern.quote(line) + " +# " + key.variable())),
          line);
    }
  }

  @Test
  void theReadmeExplainsEveryKey() throws IOException {
    List<String> lines = Files.readAllLines(project("conf/README.md"));
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String standard = key.standard().isEmpty() ? "none" : "`" + key.standard() + "`";
      String row = "| `" + key.path() + "` | `" + key.variable() + "` | " + standard + " | ";
      assertTrue(
          lines.stream().anyMatch(l -> l.startsWith(row) && l.length() > row.length() + 20), row);
    }
    long rows = lines.stream().filter(l -> l.startsWith("| `")).count();
    assertEquals(ConfigKeys.ALL.size(), rows);
  }

  @Test
  void secretsDoNotShowInText() {
    Map<String, String> env =
        Stream.of(
                ConfigKeys.ADMIN_PASSWORD,
                ConfigKeys.ADMIN_TOKEN,
                ConfigKeys.REGISTRATION_TOKEN,
                ConfigKeys.SECRET_KEYS,
                ConfigKeys.MONGO_URL,
                ConfigKeys.RABBITMQ_URL,
                ConfigKeys.ARTIFACTS_S3_SECRET_KEY,
                ConfigKeys.KAFKA_PASSWORD)
            .collect(Collectors.toMap(ConfigKey::variable, k -> SAMPLES.get(k.path()).get(0)));
    Map<String, String> all = new java.util.HashMap<>(env);
    all.put(ConfigKeys.KAFKA_USER.variable(), "somebody");
    all.put(ConfigKeys.ARTIFACTS_S3_ACCESS_KEY.variable(), "somebody");
    String text = loaded(Optional.empty(), all).toString();
    env.values().forEach(secret -> assertTrue(!text.contains(secret), text));
  }

  private Path file(String path, String value) throws IOException {
    StringBuilder yaml = new StringBuilder();
    if (path != null) {
      String[] parts = path.split("\\.");
      for (int i = 0; i < parts.length; i++) {
        yaml.append("  ".repeat(i)).append(parts[i]).append(i < parts.length - 1 ? ":\n" : ": ");
      }
      yaml.append('"').append(value).append("\"\n");
    }
    return Files.writeString(directory.resolve("cta.yaml"), yaml);
  }

  static ServerConfig loaded(Optional<Path> file, Map<String, String> env) {
    ConfigResult result = ConfigLoader.load(file, env);
    assertTrue(result instanceof Loaded, result.toString());
    return ((Loaded) result).config();
  }

  static List<String> faults(Optional<Path> file, Map<String, String> env) {
    return ((Faulty) ConfigLoader.load(file, env)).errors();
  }

  /** The record component at that path; sizes compare as long. */
  private static Object component(Object from, String path) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    try {
      var accessor = from.getClass().getMethod(name);
      Object value = accessor.invoke(from);
      if (dot > 0) {
        return component(value, path.substring(dot + 1));
      }
      return name.equals("maxBody") ? Long.valueOf((int) value) : value;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(path + " is no component of ServerConfig", e);
    }
  }

  private static Path project(String file) {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("conf/cta.yaml"))) {
      at = at.getParent();
    }
    return at.resolve(file);
  }

  private static Map.Entry<String, List<String>> sample(String path, String good, String bad) {
    return Map.entry(path, List.of(good, bad));
  }
}
