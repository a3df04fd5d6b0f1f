package io.cta.broker.kafka.consume;

import java.util.ArrayDeque;

/**
 * What was received of a partition and is not committed yet. The offset to commit is that of the
 * first message that is not settled; which of those behind it are settled goes along as text, so
 * that whoever goes on from there need not process them again.
 */
final class OffsetTracker {
  private final ArrayDeque<KafkaMessage> received = new ArrayDeque<>();
  private final OutOfOrderOffsets outOfOrderOffsets;
  private long position;
  private long bytes;

  /**
   * @param position where reading begins; -1 when nobody has committed yet
   * @param ahead what the commit said was settled behind that
   */
  OffsetTracker(long position, OutOfOrderOffsets outOfOrderOffsets) {
    this.position = position;
    this.outOfOrderOffsets = outOfOrderOffsets;
  }

  /** Takes note of a message; false when it was settled by an earlier reader already. */
  boolean receive(KafkaMessage message) {
    received.add(message);
    bytes += message.body().length();
    if (outOfOrderOffsets.contains(message.offset)) {
      settle(message);
    }
    return !message.settled;
  }

  /** True when there is a new offset to commit, or more that is settled behind it. */
  boolean settle(KafkaMessage message) {
    if (message.settled || message.lost) {
      return false;
    }
    bytes -= message.body().length();
    message.settle();
    advance();
    return true;
  }

  /** The offset to commit. */
  long position() {
    return received.isEmpty() ? position : received.peek().offset;
  }

  /** What is settled behind {@link #position()}. */
  String settledAhead() {
    return OutOfOrderOffsets.encode(
        received.stream().filter(m -> m.settled).mapToLong(m -> m.offset));
  }

  int size() {
    return received.size();
  }

  /** Of what is not settled. */
  long bytes() {
    return bytes;
  }

  Iterable<KafkaMessage> messages() {
    return received;
  }

  private void advance() {
    while (!received.isEmpty() && received.peek().settled) {
      position = received.poll().offset + 1;
    }
  }
}
