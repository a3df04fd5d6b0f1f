package io.cta.server.notify;

import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionChain;
import io.cta.domain.Forge;
import io.cta.domain.IdGenerator;
import java.time.Instant;

/** Begins the rows of deliveries. Pure. */
final class DeliveryRow {
  private static final String MESSAGE = "msg_";

  private DeliveryRow() {}

  /** A delivery of an execution that is to be made now. */
  static DeliveryBuilder due(Execution execution, int handler, Instant now) {
    return DeliveryBuilder.builder()
        .executionId(execution.id())
        .handler(handler)
        .state(DeliveryState.WAITING)
        .depth(ExecutionChain.depth(execution.chain()))
        .nextAt(now)
        .createdAt(now);
  }

  /**
   * As {@link #due}, to a forge.
   *
   * @param id of the row, from which the message's follows
   * @param at when what is told happened
   */
  static DeliveryBuilder toForge(
      Execution execution, int handler, Forge forge, String id, Instant at, Instant now) {
    return due(execution, handler, now)
        .id(id)
        .messageId(messageId(IdGenerator.derived(at, id)))
        .channelId(forge.id())
        .channelName(forge.name());
  }

  static String messageId(String derived) {
    return MESSAGE + derived;
  }
}
