package io.cta.server.view.definitions;

import io.cta.domain.Channel;
import io.cta.domain.ChannelType;
import io.cta.server.view.OutwardView;
import java.time.Instant;

/**
 * A receiver of notifications.
 *
 * @param key null but in the answer to the request for which the server made it
 */
public record ChannelView(
    String id,
    String name,
    String description,
    String group,
    ChannelType type,
    String url,
    Boolean enabled,
    String key,
    Instant previousKeyUntil,
    Instant lastDeliveredAt,
    String problem,
    Instant problemAt,
    Instant createdAt,
    Instant updatedAt)
    implements OutwardView {
  public static ChannelView of(Channel channel) {
    return withKey(channel, null);
  }

  /** As {@link #of}, with the key for whoever asked for it. */
  public static ChannelView withKey(Channel c, String key) {
    return new ChannelView(
        c.id(),
        c.name(),
        c.description(),
        c.group(),
        c.type(),
        c.url(),
        c.enabled(),
        key,
        c.previousKeyUntil(),
        c.lastDeliveredAt(),
        c.problem(),
        c.problemAt(),
        c.createdAt(),
        c.updatedAt());
  }
}
