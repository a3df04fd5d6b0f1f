package io.cta.broker.rabbitmq.connection;

import io.cta.broker.BackoffPolicy;
import io.cta.error.ServiceFailure;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How to reach a RabbitMQ.
 *
 * @param nodes of one cluster; tried in turn until one answers
 * @param tls null for a plain connection
 * @param backoff waits before connecting again
 * @param heartbeat a connection that is silent for two of these is given up
 * @param watch how often a quiet subscription is checked
 * @param patience how long the server may leave a publish unanswered before the connection is given
 *     up, unless it has said that it is out of memory or disk
 */
@RecordBuilder
public record RabbitSettings(
    List<Node> nodes,
    String vhost,
    String user,
    String password,
    TlsTrustSettings tls,
    BackoffPolicy backoff,
    Duration heartbeat,
    Duration watch,
    Duration patience) {
  private static final String FORM =
      "must look like amqp://user:password@host:5672/vhost, or amqps://… for TLS; several hosts are"
          + " separated by commas, and special characters in user, password and vhost are"
          + " percent-encoded";
  private static final Pattern URI =
      Pattern.compile("(amqps?)://(?:([^@/:]*)(?::([^@/]*))?@)?([^@/?#]+)(?:/([^/?#]*))?");
  private static final Pattern NODE =
      Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[^:\\s]+)(?::(\\d+))?");

  /** A host and its port. */
  public record Node(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  public RabbitSettings {
    nodes = List.copyOf(nodes);
  }

  /**
   * Fails with a {@link ServiceFailure} on a wrong URI, and does not repeat it: it has a password.
   */
  public static RabbitSettings of(String uri) {
    Matcher parts = URI.matcher(uri == null ? "" : uri.strip());
    if (!parts.matches()) {
      throw ServiceFailure.invalid("uri", FORM);
    }
    boolean secure = parts.group(1).equals("amqps");
    String path = parts.group(5);
    return RabbitSettingsBuilder.builder()
        .nodes(nodes(parts.group(4), secure ? 5671 : 5672))
        .vhost(path == null || path.isEmpty() ? "/" : decode(path))
        .user(parts.group(2) == null ? "guest" : decode(parts.group(2)))
        .password(parts.group(3) == null ? "guest" : decode(parts.group(3)))
        .tls(secure ? TlsTrustSettings.SYSTEM : null)
        .backoff(new BackoffPolicy(250, 15_000))
        .heartbeat(Duration.ofSeconds(10))
        .watch(Duration.ofSeconds(30))
        .patience(Duration.ofMinutes(2))
        .build();
  }

  public RabbitSettings withCredentials(String name, String secret) {
    return RabbitSettingsBuilder.builder(this).user(name).password(secret).build();
  }

  /** The certificates to trust; for amqps only. */
  public RabbitSettings withTls(TlsTrustSettings trusted) {
    if (tls == null) {
      throw ServiceFailure.invalid("uri", "must begin with amqps:// where TLS is configured");
    }
    return RabbitSettingsBuilder.builder(this).tls(trusted).build();
  }

  public RabbitSettings withWaits(
      BackoffPolicy waits, Duration beat, Duration look, Duration longest) {
    return RabbitSettingsBuilder.builder(this)
        .backoff(waits)
        .heartbeat(beat)
        .watch(look)
        .patience(longest)
        .build();
  }

  /** The address, without the credentials. */
  @Override
  public String toString() {
    String hosts = nodes.stream().map(Node::toString).collect(Collectors.joining(","));
    return (tls == null ? "amqp://" : "amqps://") + hosts + (vhost.equals("/") ? "" : "/" + vhost);
  }

  private static List<Node> nodes(String text, int standardPort) {
    List<Node> nodes = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      Matcher parts = NODE.matcher(one.strip());
      if (!parts.matches()) {
        throw ServiceFailure.invalid("uri", FORM);
      }
      String host = parts.group(1).replace("[", "").replace("]", "");
      nodes.add(new Node(host, parts.group(2) == null ? standardPort : port(parts.group(2))));
    }
    return nodes;
  }

  private static int port(String digits) {
    int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw ServiceFailure.invalid("uri", "must have a port between 1 and 65535");
    }
    return port;
  }

  private static String decode(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ServiceFailure.invalid("uri", FORM);
    }
  }
}
