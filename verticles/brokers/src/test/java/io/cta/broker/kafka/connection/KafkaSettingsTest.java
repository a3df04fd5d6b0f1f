package io.cta.broker.kafka.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ServiceFailure;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
  private final KafkaSettings settings = KafkaSettings.of("a:9092,b:9092", "server-1");

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a", "a:", ":9092", "a:9092,", "kafka://a:9092", "a:x"})
  void a_text_that_is_no_list_of_host_and_port_is_refused(String bootstrap) {
    ServiceFailure e =
        assertThrows(ServiceFailure.class, () -> KafkaSettings.of(bootstrap, "server-1"));
    assertEquals("bootstrap", e.field());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:9092", "10.0.0.1:9092, b.example:19092", "[::1]:9092"})
  void hosts_and_addresses_are_taken(String bootstrap) {
    assertEquals(bootstrap, KafkaSettings.of(bootstrap, "server-1").bootstrap());
  }

  @Test
  void numbers_out_of_range_are_refused_by_name() {
    assertEquals("replication", refused(() -> settings.withReplication(0)));
    assertEquals("partitions", refused(() -> settings.withPartitions(0)));
    assertEquals("node", refused(() -> KafkaSettings.of("a:9092", "")));
  }

  @Test
  void only_security_settings_are_taken() {
    String field = refused(() -> settings.withSecurity(Map.of("acks", "0")));
    assertEquals("security.acks", field);
    Map<String, String> tls = Map.of("security.protocol", "SSL");
    assertEquals(
        "SSL", new ClientConfig(settings.withSecurity(tls)).producer().get("security.protocol"));
  }

  @Test
  void the_text_does_not_contain_secrets() {
    String text = settings.withSecurity(Map.of("ssl.key.password", "hidden")).toString();
    assertTrue(text.contains("ssl.key.password"), text);
    assertFalse(text.contains("hidden"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "cta.states, EVENTS, 8",
    "cta.machine.M1, MACHINE, 1",
    "cta.group.E1, GROUP, 1",
    "cta.dead-letter, DEAD, 1"
  })
  void the_name_of_a_queue_decides_how_its_topic_is_made(
      String queue, TopicKind kind, int partitions) {
    assertEquals(kind, TopicKind.of(queue));
    NewTopic topic = kind.topic(queue, settings.withReplication(3));
    assertEquals(partitions, topic.numPartitions());
    assertEquals(3, topic.replicationFactor());
    assertEquals("2", topic.configs().get("min.insync.replicas"));
  }

  private static String refused(Runnable work) {
    return assertThrows(ServiceFailure.class, work::run).field();
  }
}
