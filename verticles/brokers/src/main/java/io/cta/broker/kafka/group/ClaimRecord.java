package io.cta.broker.kafka.group;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record of a group's topic that is no message but says what a member does with one. Its header
 * says it as text, {@code CLAIM 17 1 0}; its key is the member.
 *
 * @param offset the message's
 * @param term how often the message was claimed, this claim included
 * @param deliveries so far
 */
public record ClaimRecord(Kind what, String member, long offset, int term, int deliveries) {
  static final String HEADER = "cta";

  /** What the member says. */
  enum Kind {
    /** It wants the message. */
    CLAIM,
    /** It gives the message back. */
    FREE,
    /** The message was processed. */
    DONE,
    /** The member is alive. */
    HERE
  }

  public static ClaimRecord claim(String member, long offset, int term) {
    return new ClaimRecord(Kind.CLAIM, member, offset, term, 0);
  }

  static ClaimRecord free(String member, long offset, int term, int deliveries) {
    return new ClaimRecord(Kind.FREE, member, offset, term, deliveries);
  }

  static ClaimRecord done(String member, long offset) {
    return new ClaimRecord(Kind.DONE, member, offset, 0, 0);
  }

  public static ClaimRecord here(String member) {
    return new ClaimRecord(Kind.HERE, member, 0, 0, 0);
  }

  public ProducerRecord<byte[], byte[]> encode(String topic) {
    String text = what + " " + offset + " " + term + " " + deliveries;
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, 0, member.getBytes(StandardCharsets.UTF_8), new byte[0]);
    record.headers().add(HEADER, text.getBytes(StandardCharsets.UTF_8));
    return record;
  }

  static boolean is(ConsumerRecord<byte[], byte[]> record) {
    return record.headers().lastHeader(HEADER) != null;
  }

  /** Null when the text is unknown here: a newer version may write more kinds. */
  static ClaimRecord decode(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(HEADER);
    List<String> parts = List.of(new String(header.value(), StandardCharsets.UTF_8).split(" "));
    if (record.key() == null || parts.size() < 4) {
      return null;
    }
    try {
      return new ClaimRecord(
          Kind.valueOf(parts.get(0)),
          new String(record.key(), StandardCharsets.UTF_8),
          Long.parseLong(parts.get(1)),
          Integer.parseInt(parts.get(2)),
          Integer.parseInt(parts.get(3)));
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }
}
