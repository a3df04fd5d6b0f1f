package io.cta.agent;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line options as given; {@link AgentSettingsParser} checks and parses them. */
@Command(
    name = "cta-agent",
    mixinStandardHelpOptions = true,
    versionProvider = AgentVersion.class,
    description = "Runs the tests that a CTA server sends to this machine.",
    footer = {
      "",
      "Every option is also an environment variable: CTA_AGENT_ and its name in capitals,",
      "such as CTA_AGENT_SERVER. The command line wins."
    })
final class AgentOptions {
  @Option(
      names = "--server",
      paramLabel = "URL[,URL...]",
      description = "The server's address; of a cluster, those of several nodes. Required.")
  String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with the registration token, for this user alone to read; or the token itself in"
              + " CTA_AGENT_TOKEN. Required until the machine is enrolled.")
  String tokenFile;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "The token itself. Every user of the machine can see it here.")
  String token;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The machine's name. Default: its host name.")
  String name;

  @Option(names = "--labels", paramLabel = "A,B", description = "Labels of the machine.")
  String labels;

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "A fact that configurations can match. May be repeated.")
  List<String> properties;

  @Option(names = "--slots", paramLabel = "N", description = "Tasks at a time. Default: 1.")
  String slots;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Identity, journal, workspaces and cache. Default: ~/.cta-agent.")
  String data;

  @Option(
      names = "--log-limit",
      paramLabel = "SIZE",
      description = "Output kept of each task attempt, such as 500KB or 16MB. Default: 16MB.")
  String logLimit;

  @Option(
      names = "--min-free",
      paramLabel = "SIZE",
      description =
          "No task is taken while less is free on the disk of --data or of temporary files. Default:"
              + " a twentieth of the disk, at most 512MB.")
  String minFree;

  @Option(
      names = "--pass-env",
      paramLabel = "NAME,...",
      description =
          "Variables of the agent's environment that tests see besides the usual ones; ANDROID_* for"
              + " all that begin so, * for all but the agent's own.")
  String passEnv;

  @Option(
      names = "--legacy-results",
      paramLabel = "true|false",
      description =
          "Whether tests may report to /testframework/teststatus, too; with their CTA_TOKEN as the"
              + " parameter token. Default: false.")
  String legacyResults;

  @Option(
      names = "--git-protocols",
      paramLabel = "NAME,...",
      description =
          "Transports of git inputs, of https, ssh, http, file and git. Default:"
              + " https,ssh,http,file.")
  String gitProtocols;

  @Option(
      names = "--max-download",
      paramLabel = "SIZE",
      description = "Largest file that an input of http may be. Default: 32GB.")
  String maxDownload;

  @Option(
      names = "--max-unpacked",
      paramLabel = "SIZE",
      description = "Most that an archive may come to when it is unpacked. Default: 16GB.")
  String maxUnpacked;

  @Option(
      names = "--max-entry",
      paramLabel = "SIZE",
      description = "Largest file in an archive. Default: 8GB.")
  String maxEntry;

  @Option(
      names = "--max-entries",
      paramLabel = "N",
      description = "Most files, folders and links in an archive. Default: 500000.")
  String maxEntries;

  @Option(
      names = "--max-depth",
      paramLabel = "N",
      description = "Most folders within each other in an archive. Default: 100.")
  String maxDepth;

  @Option(
      names = "--cache-limit",
      paramLabel = "SIZE",
      description = "Fetched inputs that are kept for the next task. Default: 10GB.")
  String cacheLimit;

  @Option(
      names = "--artifact-limit",
      paramLabel = "SIZE",
      description = "Largest file that a test leaves behind and the server gets. Default: 1GB.")
  String artifactLimit;

  @Option(
      names = "--artifact-test-limit",
      paramLabel = "SIZE",
      description = "All such files of one test together. Default: 2GB.")
  String artifactTestLimit;

  @Option(
      names = "--artifact-task-limit",
      paramLabel = "SIZE",
      description = "All such files of one task together. Default: 4GB.")
  String artifactTaskLimit;

  @Option(
      names = "--artifact-files",
      paramLabel = "N",
      description = "Most such files of one task. Default: 2000.")
  String artifactFiles;

  @Option(
      names = "--artifact-upload-time",
      paramLabel = "DURATION",
      description = "How long sending them may take after the tests of a task. Default: 10m.")
  String artifactUploadTime;

  @Option(
      names = "--link",
      paramLabel = "KIND",
      description =
          "websocket, to the server; rabbitmq or kafka, to its broker. Default: websocket.")
  String link;

  @Option(
      names = "--rabbitmq",
      paramLabel = "URI",
      description = "The server's RabbitMQ, amqp:// or amqps://. With --link rabbitmq.")
  String rabbitmq;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT,...",
      description = "The server's Kafka. With --link kafka.")
  String kafka;

  @Option(
      names = "--kafka-tls",
      paramLabel = "true|false",
      description = "Whether to encrypt the connection to Kafka. Default: false.")
  String kafkaTls;

  @Option(
      names = "--kafka-mechanism",
      paramLabel = "NAME",
      description = "plain, scram-sha-256 or scram-sha-512. Default: scram-sha-512.")
  String kafkaMechanism;

  @Option(
      names = "--kafka-user",
      paramLabel = "USER",
      description = "User at Kafka; CTA_AGENT_KAFKA_PASSWORD has the password.")
  String kafkaUser;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Certificates (PEM) to trust when the link to the broker is encrypted.")
  String trust;
}
