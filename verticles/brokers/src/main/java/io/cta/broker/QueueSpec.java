package io.cta.broker;

/**
 * How a queue behaves.
 *
 * @param confirm when a publish completes
 * @param maxDeliveries tries of a message before it is dead-lettered, 1 or more
 * @param capacity messages held before publishing fails with UNAVAILABLE; a hint for brokers with
 *     limits of their own
 */
public record QueueSpec(Confirm confirm, int maxDeliveries, int capacity) {
  /** When a publish completes. */
  public enum Confirm {
    /** When the broker holds the message as safely as it can. */
    STORED,
    /**
     * When the message cannot be lost: held durably or, by a broker that keeps messages in memory,
     * consumed and acked (or dead-lettered). For events that their sender forgets once they are
     * confirmed.
     */
    SAFE
  }

  /** Commands to a machine or a group. */
  public static QueueSpec commands() {
    return new QueueSpec(Confirm.STORED, 20, 100_000);
  }

  /** Events from agents to the server. */
  public static QueueSpec events() {
    return new QueueSpec(Confirm.SAFE, 20, 100_000);
  }
}
