package io.cta.server.view.executions;

import io.cta.domain.Delivery;
import io.cta.domain.DeliveryState;
import io.cta.server.view.OutwardView;
import java.time.Instant;
import java.util.List;

/**
 * A message to a channel and what became of it.
 *
 * @param body null in lists
 */
public record DeliveryView(
    String id,
    String messageId,
    String executionId,
    int handler,
    String channelId,
    String channelName,
    DeliveryState state,
    String body,
    List<DeliveryAttemptView> attempts,
    Instant nextAt,
    Instant createdAt,
    Instant endedAt,
    String redeliveryOf,
    BuildProgressView jenkinsBuild)
    implements OutwardView {
  public static DeliveryView of(Delivery d) {
    return with(d.body(), d);
  }

  public static DeliveryView withoutBody(Delivery d) {
    return with(null, d);
  }

  private static DeliveryView with(String body, Delivery d) {
    return new DeliveryView(
        d.id(),
        d.messageId(),
        d.executionId(),
        d.handler(),
        d.channelId(),
        d.channelName(),
        d.state(),
        body,
        DeliveryAttemptView.of(d.attempts()),
        d.nextAt(),
        d.createdAt(),
        d.endedAt(),
        d.redeliveryOf(),
        BuildProgressView.of(d.jenkinsBuild()));
  }
}
