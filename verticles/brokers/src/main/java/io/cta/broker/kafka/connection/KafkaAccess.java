package io.cta.broker.kafka.connection;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a client authenticates and whom it trusts, as CTA's own configuration states it.
 *
 * @param tls whether the connection is encrypted
 * @param trust PEM file of the certificates to trust, null for those of the Java runtime
 * @param mechanism the SASL mechanism, such as {@code SCRAM-SHA-512}
 * @param user null when the brokers ask for none
 * @param password the user's
 */
public record KafkaAccess(boolean tls, Path trust, String mechanism, String user, String password) {

  /** The same as settings of Kafka's client. */
  public Map<String, String> settings() {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("security.protocol", (user == null ? "" : "SASL_") + protocol());
    if (tls && trust != null) {
      out.put("ssl.truststore.type", "PEM");
      out.put("ssl.truststore.location", trust.toString());
    }
    if (user != null) {
      out.put("sasl.mechanism", mechanism);
      out.put("sasl.jaas.config", login());
    }
    return out;
  }

  private String protocol() {
    return tls ? "SSL" : "PLAINTEXT";
  }

  private String login() {
    String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    return "org.apache.kafka.common.security."
        + module
        + " required username="
        + quoted(user)
        + " password="
        + quoted(password)
        + ";";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "access [tls: " + tls + ", trust: " + trust + ", user: " + user + "]";
  }
}
