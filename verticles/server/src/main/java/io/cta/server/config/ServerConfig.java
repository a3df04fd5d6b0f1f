package io.cta.server.config;

import io.cta.s3.S3Address;
import io.cta.s3.S3Credentials;
import io.cta.s3.S3Environment;
import io.cta.server.http.AddressRange;
import io.cta.server.mail.MailTls;
import io.cta.server.outgoing.OutgoingAllow;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The server's configuration. Every component is a key of {@code conf/cta.yaml}; {@code
 * conf/README.md} says what each means.
 *
 * @param data directory for everything that the server keeps on disk
 */
@RecordBuilder
public record ServerConfig(
    Path data,
    Http http,
    Store store,
    Broker broker,
    Cluster cluster,
    Agents agents,
    Security security,
    Tracking tracking,
    Outgoing outgoing,
    Mail mail,
    Logs logs,
    Artifacts artifacts,
    Retention retention) {

  /**
   * @param publicUrl URL by which people and agents reach the server, without a slash at its end
   * @param trustedProxies proxies whose X-Forwarded headers are believed
   * @param maxBody most bytes of a request's body
   */
  public record Http(
      String host,
      int port,
      Optional<String> publicUrl,
      List<AddressRange> trustedProxies,
      int maxBody,
      HttpBounds limits) {}

  /** Limits of the HTTP port, in total and per address. */
  public record HttpBounds(
      int connections,
      int connectionsPerAddress,
      int bodies,
      int bodiesPerAddress,
      long bodyBytes,
      long bodyBytesPerAddress,
      Duration headerTimeout,
      Duration bodyTimeout) {}

  public record Store(StoreType type, Sqlite sqlite, Mongo mongo) {}

  public enum StoreType {
    SQLITE,
    MONGO
  }

  /**
   * @param readers threads that answer queries
   */
  public record Sqlite(Synchronous synchronous, int readers) {}

  /** What a confirmed write survives: NORMAL a crash of the process, FULL also a power loss. */
  public enum Synchronous {
    NORMAL,
    FULL
  }

  /**
   * @param url connection string; present when the store is MongoDB
   */
  public record Mongo(Optional<SecretValue> url, String database) {}

  public record Broker(BrokerType type, RabbitMq rabbitmq, Kafka kafka) {}

  public enum BrokerType {
    EMBEDDED,
    RABBITMQ,
    KAFKA
  }

  /**
   * @param url present when the broker is RabbitMQ
   * @param trust certificates (PEM) to trust instead of the system's
   */
  public record RabbitMq(Optional<SecretValue> url, Optional<Path> trust) {}

  /**
   * @param bootstrap present when the broker is Kafka
   * @param replication copies of each topic; the cluster's own default when absent
   * @param trust certificates (PEM) to trust instead of the system's
   * @param user absent for a broker without authentication
   */
  public record Kafka(
      Optional<String> bootstrap,
      Optional<Integer> replication,
      boolean tls,
      Optional<Path> trust,
      SaslMechanism mechanism,
      Optional<String> user,
      Optional<SecretValue> password) {}

  /** How the password is sent to Kafka. */
  public enum SaslMechanism {
    PLAIN,
    SCRAM_SHA_256,
    SCRAM_SHA_512
  }

  /**
   * For {@code cta serve --cluster} only.
   *
   * @param host address at which the other nodes reach this one; present with --cluster
   * @param members {@code host:port} of some or all nodes, comma separated; present with --cluster
   * @param deadAfter silence after which a node counts as dead
   */
  public record Cluster(
      Optional<String> host, int port, Optional<String> members, Duration deadAfter, Bus bus) {}

  /**
   * The event bus between nodes.
   *
   * @param host the cluster's when absent
   */
  public record Bus(Optional<String> host, int port) {}

  /**
   * @param lease silence after which a machine counts as lost
   * @param resendAfter how long a released task may stay unacknowledged before it is sent again
   */
  public record Agents(Duration heartbeat, Duration lease, Duration resendAfter) {}

  /**
   * @param secretKeys keys that seal secrets; absent for those of the data directory
   * @param sessionLifetime how long a login lasts
   * @param secureCookies true when browsers reach the server by https only
   */
  public record Security(
      Optional<SecretValue> adminPassword,
      Optional<SecretValue> adminToken,
      Optional<SecretValue> registrationToken,
      Optional<SecretValue> secretKeys,
      Duration sessionLifetime,
      boolean secureCookies) {}

  /**
   * @param partitions number of instances that share the executions
   */
  public record Tracking(int partitions) {}

  /**
   * Calls to addresses that people write into definitions.
   *
   * @param allow what may be called although it is not public
   */
  public record Outgoing(OutgoingAllow allow) {}

  /**
   * How e-mail is sent.
   *
   * @param host absent when none is
   * @param trust certificates (PEM) to trust instead of the system's
   * @param user absent for a server that takes mail without a login
   * @param from the sender's address; present with a host
   */
  public record Mail(
      Optional<String> host,
      int port,
      MailTls tls,
      Optional<Path> trust,
      Optional<String> user,
      Optional<SecretValue> password,
      Optional<String> from) {}

  /**
   * @param maxPerTask most bytes of output kept per attempt of a task
   */
  public record Logs(long maxPerTask) {}

  /**
   * @param store where their contents are
   * @param directory of their contents; below {@code data} when absent
   * @param s3 the bucket of their contents when they are in one
   * @param maxFile most bytes of one
   * @param maxPerTask most bytes of all of one attempt of a task
   * @param maxFiles most of one attempt of a task
   * @param linkLifetime how long a link that needs no login is good
   */
  public record Artifacts(
      ArtifactStoreType store,
      Optional<Path> directory,
      S3 s3,
      long maxFile,
      long maxPerTask,
      int maxFiles,
      Duration linkLifetime) {}

  public enum ArtifactStoreType {
    DIRECTORY,
    S3
  }

  /**
   * A bucket.
   *
   * @param url present when artifacts are in one; a prefix
   * @param endpoint Amazon's when absent
   * @param pathStyle chosen by the endpoint when absent
   * @param region that of the environment when absent
   * @param accessKey with the secret key; both absent for those of the environment
   * @param environment what Amazon's own programs would use
   */
  public record S3(
      Optional<S3Address> url,
      Optional<String> endpoint,
      Optional<String> region,
      Optional<Boolean> pathStyle,
      Optional<String> accessKey,
      Optional<SecretValue> secretKey,
      S3Environment environment) {

    /** What requests are signed with; present when artifacts are in a bucket. */
    public Optional<S3Credentials> credentials() {
      return accessKey.isPresent() && secretKey.isPresent()
          ? Optional.of(new S3Credentials(accessKey.get(), secretKey.get().value(), null))
          : environment.credentials();
    }
  }

  /**
   * How long finished executions that are not pinned are kept.
   *
   * @param age most time since their end
   * @param executions most of them; the newest are kept
   * @param interval between two sweeps
   */
  public record Retention(Duration age, int executions, Duration interval) {}
}
