package io.cta.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that an operator mistypes silently falls back to a default. */
@Timeout(20)
class ConfigFaultsTest {
  @TempDir Path directory;

  private List<String> faults(String yaml) throws IOException {
    return ConfigKeysTest.faults(Optional.of(file(yaml)), Map.of()).stream()
        .map(error -> error.replace(directory + "/", ""))
        .toList();
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("c.yaml"), yaml);
  }

  @Test
  void allFaultsAreReportedTogetherWithTheirLines() throws IOException {
    Path file =
        file("http:\n  prot: 80\n  host: [a]\nagents:\n  lease: soon\nstore: sqlite\nx: 1\n");
    Map<String, String> env = Map.of("CTA_HTTP_PORT", "http", "CTA_HTP_HOST", "h");
    assertEquals(
        List.of(
            file + ":3: http.host must not be a list",
            file + ":2: http.prot is not a known key, did you mean http.port?",
            file + ":6: store is a section, not a key",
            file + ":7: x is not a known key",
            "CTA_HTP_HOST is not a known variable, did you mean CTA_HTTP_HOST?",
            "CTA_HTTP_PORT: http.port must be a whole number from 0 to 65535",
            file + ":5: agents.lease must be a duration from 500ms to 1h, such as 500ms"),
        ConfigKeysTest.faults(Optional.of(file), env));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'port: 1' | c.yaml:1: port is not a known key, did you mean http.port?
          'htttp: {port: 1}' | c.yaml:1: htttp.port is not a known key, did you mean http.port?
          'http: {PORT: 1}' | c.yaml:1: http.PORT is not a known key, did you mean http.port?
          'http: {port: {a: 1}}' | c.yaml:1: http.port is a key, not a section
          'http: {porrt: }' | c.yaml:1: http.porrt is not a known key, did you mean http.port?
          'agnets: ' | c.yaml:1: agnets is not a known key, did you mean agents?
          '- a' | c.yaml:1: must be sections and keys
          'just text' | c.yaml:1: must be sections and keys
          """)
  void aMistypedKeyIsRefused(String yaml, String error) throws IOException {
    assertEquals(List.of(error), faults(yaml));
  }

  @Test
  void aKeyThatIsSetTwiceIsRefused() throws IOException {
    assertEquals(List.of("c.yaml:2: data is set twice"), faults("data: a\ndata: b\n"));
    assertTrue(faults("data: a\n---\ndata: b\n").get(0).contains("more than one document"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http: {port: 1", "a:\n\t- b", "http: 'x", "\u0000"})
  void aFileThatIsNoYamlIsRefusedWithoutAStackTrace(String yaml) throws IOException {
    List<String> faults = faults(yaml);
    assertEquals(1, faults.size(), faults.toString());
    assertTrue(faults.get(0).startsWith("c.yaml"), faults.get(0));
    assertTrue(!faults.get(0).contains("\n"), faults.get(0));
  }

  @Test
  void aFileThatCannotBeReadIsRefused() throws IOException {
    Path none = directory.resolve("none.yaml");
    assertEquals(
        List.of(none + " does not exist"), ConfigKeysTest.faults(Optional.of(none), Map.of()));
    assertTrue(
        ConfigKeysTest.faults(Optional.of(directory), Map.of()).get(0).contains("cannot be read"));
    Path binary = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertTrue(
        ConfigKeysTest.faults(Optional.of(binary), Map.of()).get(0).contains("cannot be read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CTA_HTTP_PROT",
        "CTA_HTTPPORT",
        "CTA_STORE_TYP",
        "CTA_LOGS_MAX",
        "CTA_STORE_X_Y_Z",
        "CTA_SECURITY_ADMINTOKEN",
        "CTA_DATTA"
      })
  void aMistypedVariableIsRefused(String name) {
    List<String> faults = ConfigKeysTest.faults(Optional.empty(), Map.of(name, "1"));
    assertEquals(1, faults.size());
    assertTrue(faults.get(0).startsWith(name + " is not a known variable"), faults.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CTA_TEST_MONGO_URL",
        "CTA_MONGO_URL",
        "CTA_REQUIRE_SERVERS",
        "CTA_JAVA_OPTS",
        "CTA_HOME",
        "CTA_SERVER",
        "CTA_TOKEN",
        "CTA_AGENT_TOKEN",
        "CTA_TASK_ID",
        "CTA_EXECUTION_ID",
        "CTA_LOG_LEVEL",
        "PATH",
        "CTAX_HTTP_PORT"
      })
  void aVariableOfOthersIsLeftAlone(String name) {
    assertEquals(
        ConfigKeysTest.loaded(Optional.empty(), Map.of()),
        ConfigKeysTest.loaded(Optional.empty(), Map.of(name, "anything")));
  }

  @Test
  void keysThatNeedEachOtherAreCheckedTogether() {
    assertEquals(
        List.of("store.mongo.url must be set when store.type is mongo"),
        ConfigKeysTest.faults(Optional.empty(), Map.of("CTA_STORE_TYPE", "mongo")));
    assertEquals(
        List.of("broker.rabbitmq.url must be set when broker.type is rabbitmq"),
        ConfigKeysTest.faults(Optional.empty(), Map.of("CTA_BROKER_TYPE", "rabbitmq")));
    assertEquals(
        List.of(
            "broker.kafka.bootstrap must be set when broker.type is kafka",
            "broker.kafka.trust needs broker.kafka.tls: true",
            "broker.kafka.user and broker.kafka.password must be set together"),
        ConfigKeysTest.faults(
            Optional.empty(),
            Map.of(
                "CTA_BROKER_TYPE", "kafka",
                "CTA_BROKER_KAFKA_TRUST", "pom.xml",
                "CTA_BROKER_KAFKA_USER", "cta")));
    assertEquals(
        List.of("security.adminToken and security.registrationToken must differ"),
        ConfigKeysTest.faults(
            Optional.empty(),
            Map.of(
                "CTA_SECURITY_ADMIN_TOKEN", "x".repeat(32),
                "CTA_SECURITY_REGISTRATION_TOKEN", "x".repeat(32))));
    assertEquals(
        List.of(
            "mail.from must be set when mail.host is",
            "mail.user and mail.password must be set together",
            "mail.user needs mail.tls: starttls or tls, or the password could be read",
            "mail.trust needs mail.tls: starttls or tls"),
        ConfigKeysTest.faults(
            Optional.empty(),
            Map.of(
                "CTA_MAIL_HOST", "mail.example.org",
                "CTA_MAIL_TLS", "none",
                "CTA_MAIL_TRUST", "pom.xml",
                "CTA_MAIL_USER", "cta")));
    assertEquals(
        List.of("broker.rabbitmq.trust needs a broker.rabbitmq.url that begins with amqps://"),
        ConfigKeysTest.faults(
            Optional.empty(),
            Map.of(
                "CTA_BROKER_RABBITMQ_TRUST", "pom.xml",
                "CTA_BROKER_RABBITMQ_URL", "amqp://h")));
    assertEquals(
        List.of("agents.lease must be at least twice agents.heartbeat"),
        ConfigKeysTest.faults(
            Optional.empty(), Map.of("CTA_AGENTS_LEASE", "9s", "CTA_AGENTS_HEARTBEAT", "5s")));
  }

  @Test
  void aBucketNeedsAnAddressAndKeysAndNoDirectory() {
    assertEquals(
        List.of(
            "artifacts.s3.url must be set when artifacts.store is s3",
            "artifacts.s3.accessKey and artifacts.s3.secretKey must be set when artifacts.store is"
                + " s3, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment",
            "artifacts.directory needs artifacts.store: directory"),
        ConfigKeysTest.faults(
            Optional.empty(),
            Map.of("CTA_ARTIFACTS_STORE", "s3", "CTA_ARTIFACTS_DIRECTORY", "/mnt/shared")));
    assertEquals(
        List.of("artifacts.s3.accessKey and artifacts.s3.secretKey must be set together"),
        ConfigKeysTest.faults(
            Optional.empty(),
            Map.of(
                "CTA_ARTIFACTS_STORE", "s3",
                "CTA_ARTIFACTS_S3_URL", "s3://bucket/",
                "CTA_ARTIFACTS_S3_ACCESS_KEY", "x",
                "AWS_ACCESS_KEY_ID", "y",
                "AWS_SECRET_ACCESS_KEY", "z")));
  }

  @Test
  void textThatYamlWouldReadAsANumberStaysAsItIsWritten() throws IOException {
    String yaml =
        "security:\n  adminToken: 00000000000000000000000000000123\n  adminPassword: 1234567890\n";
    ServerConfig config = ConfigKeysTest.loaded(Optional.of(file(yaml)), Map.of());
    assertEquals(
        "00000000000000000000000000000123", config.security().adminToken().orElseThrow().value());
    assertEquals("1234567890", config.security().adminPassword().orElseThrow().value());
  }
}
