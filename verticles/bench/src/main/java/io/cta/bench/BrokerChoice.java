package io.cta.bench;

import io.cta.broker.LinkListener;
import io.cta.broker.MessageBroker;
import io.cta.broker.kafka.KafkaBroker;
import io.cta.broker.kafka.connection.KafkaSettings;
import io.cta.broker.rabbitmq.RabbitBroker;
import io.cta.broker.rabbitmq.connection.RabbitSettings;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which broker is measured. */
final class BrokerChoice {
  enum Kind {
    embedded,
    rabbitmq,
    kafka
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--broker",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES}, default ${DEFAULT-VALUE}")
  private Kind kind = Kind.embedded;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "where that broker is, amqp://… or host:port, one that no CTA works with; ./cta bench"
              + " starts one when none is named")
  private String url;

  Kind kind() {
    return kind;
  }

  String url() {
    if (url == null && kind != Kind.embedded) {
      throw new ParameterException(spec.commandLine(), "--broker " + kind + " needs --url");
    }
    return url;
  }

  /** The environment that makes a server use the broker. */
  Map<String, String> serverEnv() {
    return switch (kind) {
      case embedded -> Map.of();
      case rabbitmq -> Map.of("CTA_BROKER_TYPE", "rabbitmq", "CTA_BROKER_RABBITMQ_URL", url());
      case kafka -> Map.of("CTA_BROKER_TYPE", "kafka", "CTA_BROKER_KAFKA_BOOTSTRAP", url());
    };
  }

  /** Connects CTA's own client to the broker. The embedded broker has none. */
  Future<MessageBroker> connect(Vertx vertx) {
    LinkListener quiet = new LinkListener() {};
    if (kind == Kind.rabbitmq) {
      RabbitBroker broker =
          new RabbitBroker(vertx, TimeSource.system(), RabbitSettings.of(url()), quiet);
      return broker.connect().map(broker);
    }
    KafkaBroker broker =
        new KafkaBroker(vertx, TimeSource.system(), KafkaSettings.of(url(), "cta-bench"), quiet);
    return broker.connect().map(broker);
  }

  /** Uses the broker through its client library alone, without CTA. */
  RawBroker raw() {
    return kind == Kind.rabbitmq ? new RawRabbit(url()) : new RawKafka(url());
  }
}
