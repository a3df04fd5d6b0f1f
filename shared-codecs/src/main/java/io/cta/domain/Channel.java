package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * A receiver of notifications.
 *
 * @param group the team that owns it, or null
 * @param url where messages go
 * @param enabled false when people or the receiver itself (by 410) have switched it off
 * @param key the key that signs, sealed
 * @param previousKey the key before it, sealed; signs too until {@code previousKeyUntil}
 * @param revision counts what people have changed
 * @param lastDeliveredAt about when the receiver took a message last, to the minute
 * @param problem why the last delivery failed or the channel is off; null when all is well
 */
@RecordBuilder
public record Channel(
    String id,
    String name,
    String description,
    String group,
    ChannelType type,
    String url,
    Boolean enabled,
    String key,
    String previousKey,
    Instant previousKeyUntil,
    Integer revision,
    Instant lastDeliveredAt,
    String problem,
    Instant problemAt,
    Instant createdAt,
    Instant updatedAt) {
  private static final int MAX_PROBLEM = 500;

  public Channel {
    name = FieldChecks.name("name", name);
    url = FieldChecks.required("url", url);
    type = FieldChecks.or(type, ChannelType.WEBHOOK);
    enabled = FieldChecks.or(enabled, true);
    revision = FieldChecks.or(revision, 1);
    problem = FieldChecks.line(problem, MAX_PROBLEM);
  }
}
