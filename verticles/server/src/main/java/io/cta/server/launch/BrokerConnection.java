package io.cta.server.launch;

import io.cta.broker.MessageBroker;
import io.cta.broker.embedded.EmbeddedBroker;
import io.cta.broker.kafka.KafkaBroker;
import io.cta.broker.kafka.connection.KafkaAccess;
import io.cta.broker.kafka.connection.KafkaSettings;
import io.cta.broker.rabbitmq.RabbitBroker;
import io.cta.broker.rabbitmq.connection.RabbitSettings;
import io.cta.broker.rabbitmq.connection.TlsTrustSettings;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.config.SecretValue;
import io.cta.server.config.ServerConfig;
import io.cta.server.config.ServerConfig.SaslMechanism;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The connected broker that the configuration names.
 *
 * @param watch the listener of its connection
 */
record BrokerConnection(MessageBroker broker, BrokerConnectionListener watch) {
  /**
   * Shorter than the timeout of the whole start, so that the error names the broker's problem and
   * not just a timeout.
   */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(100);

  /**
   * Connects to the broker and waits up to the timeout for one that is not reachable. Fails with
   * the cause then, or when the broker refuses this server, and closes everything it opened.
   */
  static Future<BrokerConnection> open(
      Vertx vertx, ServerConfig config, TimeSource time, Duration timeout) {
    return switch (config.broker().type()) {
      case EMBEDDED -> {
        BrokerConnection made =
            new BrokerConnection(
                new EmbeddedBroker(vertx, time.wall()), new BrokerConnectionListener("-"));
        yield Future.succeededFuture(made);
      }
      case RABBITMQ -> {
        RabbitSettings settings = settings(config.broker().rabbitmq());
        BrokerConnectionListener watch = new BrokerConnectionListener("RabbitMQ at " + settings);
        RabbitBroker broker = new RabbitBroker(vertx, time, settings, watch);
        yield new BrokerConnection(broker, watch).connected(broker.connect(), timeout);
      }
      case KAFKA -> {
        KafkaSettings settings = settings(config.broker().kafka());
        BrokerConnectionListener watch =
            new BrokerConnectionListener("Kafka at " + settings.bootstrap());
        KafkaBroker broker = new KafkaBroker(vertx, time, settings, watch);
        yield new BrokerConnection(broker, watch).connected(broker.connect(), timeout);
      }
    };
  }

  /** Sets the action to call with a queue whose subscription the broker has ended. */
  void onLost(Consumer<String> action) {
    watch.onLost(action);
  }

  private Future<BrokerConnection> connected(Future<Void> first, Duration timeout) {
    return first
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .map(this)
        .recover(
            e -> broker.close().transform(closed -> Future.failedFuture(unreachable(timeout))));
  }

  private ServiceFailure unreachable(Duration timeout) {
    String what =
        watch.trouble().isEmpty()
            ? "did not answer within " + timeout.toSeconds() + " s"
            : watch.trouble();
    return new ServiceFailure(ErrorCode.UNAVAILABLE, watch.broker() + " " + what);
  }

  /** The configuration is refused without a url when the type is rabbitmq. */
  private static RabbitSettings settings(ServerConfig.RabbitMq rabbitmq) {
    RabbitSettings settings = RabbitSettings.of(rabbitmq.url().orElseThrow().value());
    return rabbitmq
        .trust()
        .map(trust -> settings.withTls(new TlsTrustSettings(trust, null)))
        .orElse(settings);
  }

  /** The configuration is refused without a bootstrap address when the type is kafka. */
  private static KafkaSettings settings(ServerConfig.Kafka kafka) {
    Path trust = kafka.trust().orElse(null);
    KafkaAccess access =
        new KafkaAccess(
            kafka.tls(),
            trust,
            mechanism(kafka.mechanism()),
            kafka.user().orElse(null),
            kafka.password().map(SecretValue::value).orElse(null));
    KafkaSettings settings =
        KafkaSettings.of(kafka.bootstrap().orElseThrow(), "cta-server")
            .withSecurity(access.settings());
    return kafka.replication().map(settings::withReplication).orElse(settings);
  }

  private static String mechanism(SaslMechanism mechanism) {
    return mechanism.name().replace('_', '-');
  }
}
