package io.cta.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Which link an agent is told to use, and every mistake in that. */
@Timeout(20)
class LinkSettingsParserTest {
  private AgentSettingsParser check;

  private LinkSettings link(Map<String, String> env, String... arguments) {
    AgentOptions options = new AgentOptions();
    new CommandLine(options).parseArgs(arguments);
    Map<String, String> all = new HashMap<>(env);
    all.put("CTA_AGENT_SERVER", "http://cta.example.org");
    check = new AgentSettingsParser(options, all, "box");
    return check.settings().link();
  }

  @Test
  void withoutAnOptionItIsTheServersOwnGateway() {
    assertInstanceOf(LinkSettings.WebSocket.class, link(Map.of()));
    assertInstanceOf(LinkSettings.WebSocket.class, link(Map.of("CTA_AGENT_LINK", "websocket")));
    assertEquals(List.of(), check.errors());
  }

  @Test
  void theServersRabbitMqByVariableOrOption() {
    String uri = "amqp://u:secret@mq.example.org/cta";
    Map<String, String> env = Map.of("CTA_AGENT_LINK", "rabbitmq", "CTA_AGENT_RABBITMQ", uri);
    assertInstanceOf(LinkSettings.RabbitMq.class, link(env));
    assertInstanceOf(
        LinkSettings.RabbitMq.class, link(Map.of(), "--link", "rabbitmq", "--rabbitmq", uri));
    assertEquals(List.of(), check.errors());
    assertFalse(check.settings().toString().contains("secret"));
  }

  @Test
  void theServersKafkaWithTlsAndCredentials() {
    Map<String, String> env =
        Map.of(
            "CTA_AGENT_LINK", "kafka",
            "CTA_AGENT_KAFKA", "k1:9092,k2:9092",
            "CTA_AGENT_KAFKA_TLS", "true",
            "CTA_AGENT_KAFKA_USER", "box",
            "CTA_AGENT_KAFKA_PASSWORD", "secret",
            "CTA_AGENT_KAFKA_MECHANISM", "scram-sha-256",
            "CTA_AGENT_TRUST", "pom.xml");
    LinkSettings.Kafka kafka = assertInstanceOf(LinkSettings.Kafka.class, link(env));
    assertEquals(List.of(), check.errors());
    assertEquals("SASL_SSL", kafka.broker().security().get("security.protocol"));
    assertEquals("SCRAM-SHA-256", kafka.broker().security().get("sasl.mechanism"));
    assertEquals("pom.xml", kafka.broker().security().get("ssl.truststore.location"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LINK=carrier-pigeon | --link must be websocket, rabbitmq or kafka, not carrier-pigeon
          LINK=rabbitmq | --rabbitmq (CTA_AGENT_RABBITMQ) is required with --link rabbitmq
          LINK=kafka | --kafka (CTA_AGENT_KAFKA) is required with --link kafka
          RABBITMQ=amqp://h | --rabbitmq needs --link rabbitmq
          KAFKA=h:1 | --kafka needs --link kafka
          LINK=rabbitmq RABBITMQ=http://h | --rabbitmq:
          LINK=kafka KAFKA=h | --kafka:
          LINK=kafka KAFKA=h:1 KAFKA_TLS=on | --kafka-tls must be true or false, not on
          LINK=kafka KAFKA=h:1 KAFKA_MECHANISM=x | --kafka-mechanism must be plain, scram-sha-256
          LINK=kafka KAFKA=h:1 KAFKA_USER=u | --kafka-user and CTA_AGENT_KAFKA_PASSWORD must be
          LINK=rabbitmq RABBITMQ=amqp://h TRUST=pom.xml | --trust needs an amqps:// address
          LINK=kafka KAFKA=h:1 TRUST=pom.xml | --trust needs --kafka-tls true
          LINK=kafka KAFKA=h:1 KAFKA_TLS=true TRUST=none.pem | --trust must be a file that can be
          """)
  void everyMistakeIsReported(String variables, String error) {
    Map<String, String> env = new HashMap<>();
    for (String variable : variables.split(" ")) {
      env.put("CTA_AGENT_" + variable.split("=")[0], variable.split("=")[1]);
    }
    link(env);
    assertEquals(1, check.errors().size(), check.errors().toString());
    assertTrue(check.errors().get(0).startsWith(error), check.errors().toString());
  }

  @Test
  void allMistakesAreReportedTogether() {
    link(Map.of("CTA_AGENT_LINK", "kafka", "CTA_AGENT_KAFKA_TLS", "on"), "--slots", "none");
    assertEquals(2, check.errors().size(), check.errors().toString());
    link(
        Map.of(
            "CTA_AGENT_LINK", "kafka",
            "CTA_AGENT_KAFKA", "h:1",
            "CTA_AGENT_KAFKA_TLS", "on",
            "CTA_AGENT_KAFKA_USER", "u"),
        "--slots",
        "none");
    assertEquals(3, check.errors().size(), check.errors().toString());
  }
}
