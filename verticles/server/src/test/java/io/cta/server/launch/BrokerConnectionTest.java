package io.cta.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.KeptPort;
import io.cta.broker.TestEventLoop;
import io.cta.broker.embedded.EmbeddedBroker;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.config.ConfigLoader;
import io.cta.server.config.ConfigResult;
import io.cta.server.config.ServerConfig;
import io.cta.time.TimeSource;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BrokerConnectionTest {
  private final Vertx vertx = Vertx.vertx();
  private final TestEventLoop loop = new TestEventLoop(vertx);
  private final int unusedPort = KeptPort.next();

  @AfterEach
  void close() {
    TestEventLoop.await(vertx.close());
  }

  @Test
  void withoutConfigurationTheBrokerIsTheEmbeddedOne() {
    ServerConfig config = config(Map.of());
    BrokerConnection opened =
        loop.call(
            () -> BrokerConnection.open(vertx, config, TimeSource.system(), Duration.ofSeconds(5)));
    assertInstanceOf(EmbeddedBroker.class, opened.broker());
  }

  @Test
  void aRabbitMqThatIsMissingIsNamedWithoutItsPassword() {
    String text =
        failureText(
            Map.of(
                "CTA_BROKER_TYPE",
                "rabbitmq",
                "CTA_BROKER_RABBITMQ_URL",
                "amqp://cta:hidden@127.0.0.1:" + unusedPort));
    assertTrue(
        text.startsWith("RabbitMQ at amqp://127.0.0.1:" + unusedPort + " is not there"), text);
    assertFalse(text.contains("hidden"), text);
  }

  @Test
  void aKafkaThatIsMissingIsNamed() {
    String text =
        failureText(
            Map.of(
                "CTA_BROKER_TYPE",
                "kafka",
                "CTA_BROKER_KAFKA_BOOTSTRAP",
                "127.0.0.1:" + unusedPort));
    // Kafka's client may still be trying when the timeout ends
    assertTrue(text.startsWith("Kafka at 127.0.0.1:" + unusedPort + " "), text);
  }

  private String failureText(Map<String, String> env) {
    ServerConfig config = config(env);
    Throwable failure =
        TestEventLoop.failure(
            loop.start(
                () ->
                    BrokerConnection.open(
                        vertx, config, TimeSource.system(), Duration.ofSeconds(4))));
    ServiceFailure known = assertInstanceOf(ServiceFailure.class, failure);
    assertEquals(ErrorCode.UNAVAILABLE, known.code());
    return known.getMessage();
  }

  private static ServerConfig config(Map<String, String> env) {
    ConfigResult result = ConfigLoader.load(Optional.empty(), env);
    return assertInstanceOf(ConfigResult.Loaded.class, result).config();
  }
}
