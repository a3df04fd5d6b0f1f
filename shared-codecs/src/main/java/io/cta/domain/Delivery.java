package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One message to one channel, one status for a commit, one build of a Jenkins, or the results of
 * one execution for one place, kept until it has arrived, the build is over, or nobody tries any
 * longer.
 *
 * @param id begins with the execution's id
 * @param messageId what the receiver knows it by; the same for each attempt and redelivery
 * @param handler the place of the handler that caused it, from 0; {@value #REPORT} for a status
 * @param channelId the channel, the forge, {@value #MAIL} and an address, or {@value #PUSH} and a
 *     place
 * @param line what goes one after the other, id of a {@link CommitLine}; null for a message
 * @param channelName as it was when the message was written
 * @param body the text that is sent, written once
 * @param depth of the execution in its chain
 * @param nextAt about when it is tried next, for people and for a server that starts; null once
 *     nobody tries any longer
 * @param claimedBy the node that is trying now, or null
 * @param waited the pauses before the attempts so far, in all
 * @param endedAt when it reached its final state
 * @param redeliveryOf the delivery that it repeats, or null
 * @param jenkinsBuild how far the build is; null of what is no build
 */
@RecordBuilder
public record Delivery(
    String id,
    String messageId,
    String executionId,
    int handler,
    String channelId,
    String channelName,
    String line,
    DeliveryState state,
    String body,
    int depth,
    List<DeliveryAttempt> attempts,
    Instant nextAt,
    String claimedBy,
    Duration waited,
    Instant createdAt,
    Instant endedAt,
    String redeliveryOf,
    BuildProgress jenkinsBuild) {
  /** The handler of what reports to a forge. */
  public static final int REPORT = -1;

  /** What begins the channel's id of a letter; the address follows. */
  public static final String MAIL = "mailto:";

  /** What begins the channel's id of results; bucket or host follows. */
  public static final String PUSH = "push:";

  public Delivery {
    attempts = FieldChecks.list(attempts);
    waited = FieldChecks.or(waited, Duration.ZERO);
  }

  /** Whether it is a letter, whose channel's name is the address. */
  public boolean mailed() {
    return channelId != null && channelId.startsWith(MAIL);
  }

  /** Whether it is results, whose channel's name is the place. */
  public boolean pushed() {
    return channelId != null && channelId.startsWith(PUSH);
  }
}
