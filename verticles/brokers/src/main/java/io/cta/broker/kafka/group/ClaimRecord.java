package io.cta.broker.kafka.group;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record of a group's topic that is no message but says something about one. It is in a header,
 * in words: {@code claim 17 1}; who says it is the record's key.
 *
 * @param offset the message's
 * @param term how often the message was claimed, this claim included
 * @param deliveries so far
 */
public record ClaimRecord(Kind what, String member, long offset, int term, int deliveries) {
  static final String HEADER = "cta";

  /** What it says. */
  enum Kind {
    /** Wants a message. */
    CLAIM,
    /** Gives a message back. */
    FREE,
    /** A message was processed. */
    DONE,
    /** Is there. */
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

  /** Null when it says nothing that is known here; a newer version may say more. */
  static ClaimRecord decode(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(HEADER);
    List<String> words = List.of(new String(header.value(), StandardCharsets.UTF_8).split(" "));
    if (record.key() == null || words.size() < 4) {
      return null;
    }
    try {
      return new ClaimRecord(
          Kind.valueOf(words.get(0)),
          new String(record.key(), StandardCharsets.UTF_8),
          Long.parseLong(words.get(1)),
          Integer.parseInt(words.get(2)),
          Integer.parseInt(words.get(3)));
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }
}
