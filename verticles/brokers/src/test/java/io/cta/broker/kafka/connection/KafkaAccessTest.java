package io.cta.broker.kafka.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class KafkaAccessTest {
  @Test
  void withoutTlsAndUserOnlyTheProtocolIsSet() {
    assertEquals(
        Map.of("security.protocol", "PLAINTEXT"),
        new KafkaAccess(false, null, "SCRAM-SHA-512", null, null).settings());
  }

  @Test
  void tlsTrustsTheFileIfThereIsOne() {
    assertEquals(
        Map.of("security.protocol", "SSL"),
        new KafkaAccess(true, null, "PLAIN", null, null).settings());
    assertEquals(
        Map.of(
            "security.protocol", "SSL",
            "ssl.truststore.type", "PEM",
            "ssl.truststore.location", "ca.pem"),
        new KafkaAccess(true, Path.of("ca.pem"), "PLAIN", null, null).settings());
  }

  @Test
  void aUserLogsInByTheMechanismWithItsTextQuoted() {
    Map<String, String> scram =
        new KafkaAccess(true, null, "SCRAM-SHA-256", "cta", "a\"b\\c").settings();
    assertEquals("SASL_SSL", scram.get("security.protocol"));
    assertEquals("SCRAM-SHA-256", scram.get("sasl.mechanism"));
    assertEquals(
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"cta\""
            + " password=\"a\\\"b\\\\c\";",
        scram.get("sasl.jaas.config"));
    Map<String, String> plain = new KafkaAccess(false, null, "PLAIN", "u", "p").settings();
    assertEquals("SASL_PLAINTEXT", plain.get("security.protocol"));
    assertEquals(
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\""
            + " password=\"p\";",
        plain.get("sasl.jaas.config"));
  }

  @Test
  void theTextDoesNotContainThePassword() {
    String text = new KafkaAccess(true, null, "PLAIN", "u", "hidden").toString();
    assertFalse(text.contains("hidden"), text);
  }
}
