package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ShippedJars;
import io.cta.broker.LinkListener;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.broker.TestEventLoop;
import io.cta.broker.kafka.KafkaBroker;
import io.cta.broker.kafka.connection.KafkaSettings;
import io.cta.broker.rabbitmq.RabbitBroker;
import io.cta.broker.rabbitmq.connection.RabbitSettings;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The brokers that {@code ./cta demo} and {@code ./cta bench} start are there, and go again. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a POSIX shell script")
class DemoBrokersIT {
  private static final Path ROOT = ShippedJars.SERVER.resolve("../../../..").normalize();

  /** As ./cta does it; goes on when its input ends. */
  private static final String DEMO =
      """
      ROOT=$1 SERVER_JAR=$2 QUICK=
      say() { echo "$*" >&2; }
      die() { say "$2"; exit "$1"; }
      present() { return 1; }
      need_maven() { die 69 'the jars of Kafka are missing'; }
      . "$ROOT/verticles/bench/src/script/servers.sh"
      prepare_broker "$3" "$4"
      start_broker
      echo "$broker_address $broker_pid"
      read -r again
      start_broker
      echo "$broker_address $broker_pid"
      read -r over
      stop_broker
      """;

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final TestEventLoop loop = new TestEventLoop(vertx);
  private Process shell;

  @AfterEach
  void stop() throws IOException, InterruptedException {
    if (shell != null) {
      shell.getOutputStream().close();
      ended();
    }
    TestEventLoop.await(vertx.close());
  }

  @Test
  void rabbitMqStartsComesBackAfterItsDeathAndStops() throws Exception {
    startsComesBackAndStops("rabbitmq");
  }

  @Test
  void kafkaStartsComesBackAfterItsDeathAndStops() throws Exception {
    startsComesBackAndStops("kafka");
  }

  private void startsComesBackAndStops(String kind) throws Exception {
    Path log = dir.resolve("shell.log");
    shell =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                DEMO,
                "demo",
                ROOT.toString(),
                ShippedJars.SERVER.toString(),
                kind,
                dir.resolve(kind).toString())
            .redirectError(log.toFile())
            .start();
    BufferedReader out = shell.inputReader();
    String[] first = line(out, log).split(" ");
    try (Client client = new Client(kind, first[0])) {
      client.publish("before");
      // the shell, whose child it is, does not look: so there is no end to wait for
      ProcessHandle.of(Long.parseLong(first[1])).orElseThrow().destroyForcibly();
      shell.getOutputStream().write('\n');
      shell.getOutputStream().flush();
      String[] second = line(out, log).split(" ");
      assertEquals(first[0], second[0]);
      client.publish("after");
      shell.getOutputStream().close();
      ended();
      assertTrue(ProcessHandle.of(Long.parseLong(second[1])).isEmpty(), "it still runs");
    }
  }

  private void ended() throws InterruptedException {
    assertTrue(shell.waitFor(60, TimeUnit.SECONDS), "the shell does not end");
  }

  /** The next line; a machine that has not what it takes is a skip, as for every other test. */
  private String line(BufferedReader out, Path log) throws IOException {
    String line = out.readLine();
    if (line == null) {
      String why = Files.readString(log);
      if (!Boolean.parseBoolean(System.getenv("CTA_REQUIRE_SERVERS")) && why.contains("missing")) {
        throw new TestAbortedException(why);
      }
      assertNotNull(line, why);
    }
    return line;
  }

  private final class Client implements AutoCloseable {
    private final MessageBroker broker;

    Client(String kind, String address) {
      LinkListener quiet = new LinkListener() {};
      broker = loop.call(() -> Future.succeededFuture(made(kind, address, quiet)));
    }

    private MessageBroker made(String kind, String address, LinkListener quiet) {
      if (kind.equals("rabbitmq")) {
        RabbitBroker rabbit =
            new RabbitBroker(vertx, TimeSource.system(), RabbitSettings.of(address), quiet);
        rabbit.connect();
        return rabbit;
      }
      KafkaBroker kafka =
          new KafkaBroker(vertx, TimeSource.system(), KafkaSettings.of(address, "test"), quiet);
      kafka.connect();
      return kafka;
    }

    /**
     * Tries until it is confirmed, on a queue of its own: one that RabbitMQ had just made when it
     * was killed may be harmed, which is not what is asked here.
     */
    void publish(String text) {
      String queue = "cta.demo." + text;
      ConditionPoller.holds(
          text + " to be confirmed",
          Duration.ofSeconds(110),
          () ->
              loop.call(
                  () ->
                      broker
                          .declare(queue, QueueSpec.commands())
                          .compose(v -> broker.publish(queue, Buffer.buffer(text)))
                          .timeout(20, TimeUnit.SECONDS)
                          .map(true)
                          .otherwise(false)),
          confirmed -> confirmed);
    }

    @Override
    public void close() {
      TestEventLoop.await(broker.close());
    }
  }
}
