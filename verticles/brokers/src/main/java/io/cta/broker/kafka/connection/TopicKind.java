package io.cta.broker.kafka.connection;

import io.cta.broker.QueueSpec;
import io.cta.message.QueueNames;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The kinds of topics; the name of a queue decides its kind. */
public enum TopicKind {
  /** Read by a consumer group, in which each server is a member. */
  EVENTS(64 << 20),
  /** Read by one machine, or by a gateway for it. */
  MACHINE(16 << 20),
  /** Read by all machines of a group, which agree on who takes which message. */
  GROUP(16 << 20),
  /** Messages that could not be processed. Read by people; the oldest are dropped. */
  DEAD(64 << 20);

  /** Largest message of a queue. */
  public static final int MAX_MESSAGE_BYTES = 2 << 20;

  /** Largest record: a dead letter, which holds a message in base64. */
  static final int MAX_RECORD_BYTES = 4 << 20;

  private static final String DEAD_RETENTION_MILLIS = String.valueOf(30L * 24 * 3600 * 1000);
  private static final String DEAD_RETENTION_BYTES = String.valueOf(1L << 30);
  private static final int SAFE_REPLICATION = 3;

  private final int segmentBytes;

  TopicKind(int segmentBytes) {
    this.segmentBytes = segmentBytes;
  }

  public static TopicKind of(String queue) {
    if (queue.equals(QueueNames.DEAD_LETTER)) {
      return DEAD;
    }
    if (QueueNames.executionOf(queue) != null) {
      return GROUP;
    }
    return queue.startsWith(QueueNames.machine("")) ? MACHINE : EVENTS;
  }

  /** The spec of a queue that nobody has declared here. */
  public QueueSpec spec() {
    return this == EVENTS ? QueueSpec.events() : QueueSpec.commands();
  }

  boolean byGroup() {
    return this == EVENTS || this == DEAD;
  }

  NewTopic topic(String queue, KafkaSettings settings) {
    Map<String, String> config = new HashMap<>();
    // a queue keeps its messages until they are processed; RecordPurger removes them then
    config.put(TopicConfig.RETENTION_MS_CONFIG, this == DEAD ? DEAD_RETENTION_MILLIS : "-1");
    config.put(TopicConfig.RETENTION_BYTES_CONFIG, this == DEAD ? DEAD_RETENTION_BYTES : "-1");
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    config.put(TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(segmentBytes));
    config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MAX_RECORD_BYTES));
    config.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "uncompressed");
    if (settings.replication() >= SAFE_REPLICATION) {
      config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }
    int partitions = this == EVENTS ? settings.partitions() : 1;
    return new NewTopic(queue, partitions, (short) settings.replication()).configs(config);
  }
}
