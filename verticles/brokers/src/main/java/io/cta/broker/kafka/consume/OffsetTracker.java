package io.cta.broker.kafka.consume;

import java.util.ArrayDeque;

/**
 * Tracks the messages of a partition that were received and are not committed yet. The offset to
 * commit is that of the first unsettled message. The offsets settled behind it are committed along
 * with it as text, so that the next reader need not process those messages again.
 */
final class OffsetTracker {
  private final ArrayDeque<KafkaMessage> received = new ArrayDeque<>();
  private final OutOfOrderOffsets outOfOrderOffsets;
  private long position;
  private long bytes;

  /**
   * @param position where reading begins; -1 when nobody has committed yet
   * @param outOfOrderOffsets the offsets behind it that the commit says are settled
   */
  OffsetTracker(long position, OutOfOrderOffsets outOfOrderOffsets) {
    this.position = position;
    this.outOfOrderOffsets = outOfOrderOffsets;
  }

  /** Tracks a message; false when an earlier reader has settled it already. */
  boolean receive(KafkaMessage message) {
    received.add(message);
    bytes += message.body().length();
    if (outOfOrderOffsets.contains(message.offset)) {
      settle(message);
    }
    return !message.settled;
  }

  /**
   * Settles a message; true when there is a new offset to commit, or more that is settled behind
   * it.
   */
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

  /** The offsets settled behind {@link #position()}, as text. */
  String settledAhead() {
    return OutOfOrderOffsets.encode(
        received.stream().filter(m -> m.settled).mapToLong(m -> m.offset));
  }

  int size() {
    return received.size();
  }

  /** Bytes of the unsettled messages. */
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
