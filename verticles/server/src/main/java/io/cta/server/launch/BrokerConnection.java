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
 * The broker that the configuration names, connected.
 *
 * @param watch hears of its connection
 */
record BrokerConnection(MessageBroker broker, BrokerConnectionListener watch) {
  /**
   * Less than a start may take, so that what is missing is said, and not only that it took long.
   */
  static final Duration PATIENCE = Duration.ofSeconds(100);

  /**
   * Waits for a broker that is away, for a while; then, or when the broker refuses this server,
   * fails with what is wrong and lets go of everything.
   */
  static Future<BrokerConnection> open(
      Vertx vertx, ServerConfig config, TimeSource time, Duration patience) {
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
        yield new BrokerConnection(broker, watch).connected(broker.connect(), patience);
      }
      case KAFKA -> {
        KafkaSettings settings = settings(config.broker().kafka());
        BrokerConnectionListener watch =
            new BrokerConnectionListener("Kafka at " + settings.bootstrap());
        KafkaBroker broker = new KafkaBroker(vertx, time, settings, watch);
        yield new BrokerConnection(broker, watch).connected(broker.connect(), patience);
      }
    };
  }

  /** Hears of the queues whose subscription the broker has ended. */
  void onLost(Consumer<String> action) {
    watch.onLost(action);
  }

  private Future<BrokerConnection> connected(Future<Void> first, Duration patience) {
    return first
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .map(this)
        .recover(e -> broker.close().transform(closed -> Future.failedFuture(missing(patience))));
  }

  private ServiceFailure missing(Duration patience) {
    String what =
        watch.trouble().isEmpty()
            ? "did not answer within " + patience.toSeconds() + " s"
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
