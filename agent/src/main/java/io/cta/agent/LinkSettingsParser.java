package io.cta.agent;

import io.cta.broker.kafka.connection.KafkaAccess;
import io.cta.broker.kafka.connection.KafkaSettings;
import io.cta.broker.rabbitmq.connection.RabbitSettings;
import io.cta.broker.rabbitmq.connection.TlsTrustSettings;
import io.cta.error.ServiceFailure;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Parses the settings of the link, and adds every mistake to the errors. */
final class LinkSettingsParser {
  private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

  private final AgentOptions options;
  private final BiFunction<String, String, String> given;
  private final List<String> errors;

  /**
   * @param given returns the value of an option, else of a variable; null when neither is given
   */
  LinkSettingsParser(
      AgentOptions options, BiFunction<String, String, String> given, List<String> errors) {
    this.options = options;
    this.given = given;
    this.errors = errors;
  }

  LinkSettings settings(String name) {
    String link = given.apply(options.link, "LINK");
    onlyWith("rabbitmq", link, given.apply(options.rabbitmq, "RABBITMQ"));
    onlyWith("kafka", link, given.apply(options.kafka, "KAFKA"));
    return switch (link == null ? "websocket" : link) {
      case "websocket" -> new LinkSettings.WebSocket();
      case "rabbitmq" -> rabbitmq();
      case "kafka" -> kafka(name);
      default -> {
        errors.add("--link must be websocket, rabbitmq or kafka, not " + link);
        yield null;
      }
    };
  }

  private LinkSettings rabbitmq() {
    String uri = given.apply(options.rabbitmq, "RABBITMQ");
    if (uri == null) {
      errors.add("--rabbitmq (CTA_AGENT_RABBITMQ) is required with --link rabbitmq");
      return null;
    }
    Path trust = trust(uri.startsWith("amqps:"), "an amqps:// address");
    return made(
        "--rabbitmq",
        () -> {
          RabbitSettings settings = RabbitSettings.of(uri);
          return new LinkSettings.RabbitMq(
              trust == null ? settings : settings.withTls(new TlsTrustSettings(trust, null)));
        });
  }

  private LinkSettings kafka(String name) {
    String bootstrap = given.apply(options.kafka, "KAFKA");
    if (bootstrap == null) {
      errors.add("--kafka (CTA_AGENT_KAFKA) is required with --link kafka");
      return null;
    }
    KafkaAccess access = access();
    return made(
        "--kafka",
        () ->
            new LinkSettings.Kafka(
                KafkaSettings.of(bootstrap, name).withSecurity(access.settings())));
  }

  private KafkaAccess access() {
    String tls = given.apply(options.kafkaTls, "KAFKA_TLS");
    if (tls != null && !tls.equals("true") && !tls.equals("false")) {
      errors.add("--kafka-tls must be true or false, not " + tls);
    }
    boolean encrypted = "true".equals(tls);
    String mechanism = given.apply(options.kafkaMechanism, "KAFKA_MECHANISM");
    String known = mechanism == null ? "SCRAM-SHA-512" : mechanism.toUpperCase(Locale.ROOT);
    if (!MECHANISMS.contains(known)) {
      errors.add(
          "--kafka-mechanism must be plain, scram-sha-256 or scram-sha-512, not " + mechanism);
    }
    String user = given.apply(options.kafkaUser, "KAFKA_USER");
    String password = given.apply(null, "KAFKA_PASSWORD");
    if ((user == null) != (password == null)) {
      errors.add("--kafka-user and CTA_AGENT_KAFKA_PASSWORD must be given together");
      user = null;
    }
    Path trust = trust(encrypted, "--kafka-tls true");
    return new KafkaAccess(encrypted, trust, known, user, password);
  }

  private Path trust(boolean encrypted, String needs) {
    String text = given.apply(options.trust, "TRUST");
    if (text == null) {
      return null;
    }
    if (!encrypted) {
      errors.add("--trust needs " + needs);
      return null;
    }
    try {
      Path path = Path.of(text);
      if (Files.isReadable(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // reported below
    }
    errors.add("--trust must be a file that can be read, not " + text);
    return null;
  }

  /** A broker's address is an error unless that broker is the link. */
  private void onlyWith(String broker, String link, String address) {
    if (address != null && !broker.equals(link)) {
      errors.add("--" + broker + " needs --link " + broker);
    }
  }

  private LinkSettings made(String option, Supplier<LinkSettings> maker) {
    try {
      return maker.get();
    } catch (ServiceFailure e) {
      errors.add(option + ": " + e.getMessage());
      return null;
    }
  }
}
