package io.cta.broker.kafka;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.broker.KeptPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka for tests: one process that is broker and controller, with its own ports and data, which
 * it keeps when it is killed and restarted. Its jars are those that {@code src/test/kafka} brings.
 */
public final class KafkaServer implements AutoCloseable {
  private static final Path LIB = Path.of("verticles/brokers/src/test/kafka/target/lib");
  private static final long START_TIMEOUT_MILLIS = 60_000;
  private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

  private final Path lib;
  private final Path dir;
  private final int port = KeptPort.next();
  private final int controllerPort = KeptPort.next();
  private final int securePort = KeptPort.next();
  private Process process;

  private KafkaServer(Path lib) throws IOException {
    this.lib = lib;
    this.dir = Files.createTempDirectory("cta-kafka");
    Path data = Files.createDirectories(dir.resolve("data"));
    Files.writeString(dir.resolve("server.properties"), properties(data));
    Files.writeString(dir.resolve("logback.xml"), LOGBACK);
    // what formatting would write; saves the start of a JVM
    Files.writeString(
        data.resolve("meta.properties"),
        "version=1\nnode.id=1\ncluster.id=%s\ndirectory.id=%s\n"
            .formatted(Uuid.randomUuid(), Uuid.randomUuid()));
  }

  /**
   * Starts one, and waits until it answers. Where its jars are missing the test is skipped, or
   * fails when {@code CTA_REQUIRE_SERVERS} is true.
   */
  public static KafkaServer start() {
    Path lib = find();
    if (lib == null) {
      String text = "no Kafka: " + LIB + " is missing, mvn -pl :kafka-server package brings it";
      if (Boolean.parseBoolean(System.getenv("CTA_REQUIRE_SERVERS"))) {
        throw new IllegalStateException(text);
      }
      assumeTrue(false, text);
    }
    try {
      KafkaServer server = new KafkaServer(lib);
      server.launch();
      server.awaitUp();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /** The address of the listener that asks for user and password. */
  public String secureBootstrap() {
    return "127.0.0.1:" + securePort;
  }

  /**
   * The settings a client of {@link #secureBootstrap()} needs; the right password is {@code
   * secret}.
   */
  public static Map<String, String> credentials(String password) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        LOGIN + " required username=\"cta\" password=\"" + password + "\";");
  }

  /** Kills it like {@code kill -9}. */
  public void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts it again on the same ports and data; returns when it answers. */
  public void restart() {
    launch();
    awaitUp();
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(dir)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch() {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dlogback.configurationFile=" + dir.resolve("logback.xml"),
                "-cp",
                lib + "/*",
                "kafka.Kafka",
                dir.resolve("server.properties").toString()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve("server.log").toFile()));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  private void awaitUp() {
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MILLIS);
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", bootstrap(),
            "request.timeout.ms", 1_000,
            "default.api.timeout.ms", 1_000,
            "reconnect.backoff.ms", 50,
            "reconnect.backoff.max.ms", 100);
    try (Admin admin = Admin.create(config)) {
      while (!up(admin)) {
        if (!process.isAlive() || System.nanoTime() > limit) {
          throw new AssertionError("kafka did not start: " + log());
        }
      }
    }
  }

  private static boolean up(Admin admin) {
    try {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException notYet) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String log() {
    try {
      String all = Files.readString(dir.resolve("server.log"));
      return all.substring(Math.max(0, all.length() - 4_000));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Path find() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.isDirectory(p.resolve(LIB))) {
        return p.resolve(LIB);
      }
    }
    return null;
  }

  private String properties(Path data) {
    String broker = "127.0.0.1:" + port;
    String controller = "127.0.0.1:" + controllerPort;
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@%2$s
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://%1$s,CONTROLLER://%2$s,SECURE://%4$s
        advertised.listeners=PLAINTEXT://%1$s,SECURE://%4$s
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_PLAINTEXT
        listener.name.secure.sasl.enabled.mechanisms=PLAIN
        listener.name.secure.plain.sasl.jaas.config=%5$s required user_cta="secret";
        log.dirs=%3$s
        auto.create.topics.enable=false
        default.replication.factor=1
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=2
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=1
        group.initial.rebalance.delay.ms=0
        broker.heartbeat.interval.ms=500
        broker.session.timeout.ms=3000
        log.cleaner.dedupe.buffer.size=4194304
        num.io.threads=2
        num.network.threads=2
        background.threads=2
        """
        .formatted(broker, controller, data, secureBootstrap(), LOGIN);
  }

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="out"/></root>
      </configuration>
      """;
}
