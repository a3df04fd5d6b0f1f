package io.cta.broker.rabbitmq.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ServiceFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitSettingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "amqp://localhost | localhost:5672 | / | guest | guest",
        "amqps://localhost | localhost:5671 | / | guest | guest",
        "amqp://cta:s3cret@mq.example.org:1234/tests | mq.example.org:1234 | tests | cta | s3cret",
        "amqp://c%40ta:a%2Fb%3Ac+d@h/%2Fteam | h:5672 | /team | c@ta | a/b:c+d",
        "amqp://h1:1,h2,h3:3/v | h1:1,h2:5672,h3:3 | v | guest | guest",
        "amqp://[::1]:5673/ | ::1:5673 | / | guest | guest",
      })
  void a_uri_gives_nodes_vhost_and_credentials(
      String uri, String nodes, String vhost, String user, String password) {
    RabbitSettings settings = RabbitSettings.of(uri);
    List<String> found = settings.nodes().stream().map(RabbitSettings.Node::toString).toList();
    assertEquals(nodes, String.join(",", found));
    assertEquals(vhost, settings.vhost());
    assertEquals(user, settings.user());
    assertEquals(password, settings.password());
    assertEquals(uri.startsWith("amqps"), settings.tls() != null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "http://localhost",
        "amqp://",
        "amqp://user:s3cret@",
        "amqp://user:s3cret@host:99999",
        "amqp://user:s3cret@host:port",
        "amqp://user:s3cret@host,",
        "amqp://user:s3cret@host/a/b",
        "amqp://user:s3cret@host/v?heartbeat=3",
        "amqp://user:s3cret%zz@host",
        "amqp://us@er:s3cret@host",
      })
  void a_uri_that_is_wrong_is_refused_with_the_rule_and_without_the_password(String uri) {
    ServiceFailure why = assertThrows(ServiceFailure.class, () -> RabbitSettings.of(uri));
    assertEquals("uri", why.field());
    assertTrue(why.getMessage().startsWith("uri must"), why.getMessage());
    assertFalse(why.getMessage().contains("s3cret"), why.getMessage());
  }

  @Test
  void its_text_does_not_contain_secrets() {
    RabbitSettings settings = RabbitSettings.of("amqps://cta:s3cret@a:1,b/v");
    assertEquals("amqps://a:1,b:5671/v", settings.toString());
    assertFalse(
        new TlsTrustSettings(java.nio.file.Path.of("x.p12"), "s3cret")
            .toString()
            .contains("s3cret"));
  }

  @Test
  void tls_settings_without_tls_are_a_mistake() {
    RabbitSettings plain = RabbitSettings.of("amqp://h");
    assertThrows(ServiceFailure.class, () -> plain.withTls(TlsTrustSettings.SYSTEM));
  }
}
