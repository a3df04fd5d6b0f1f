package io.cta.server.live;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Limits and intervals of the feed.
 *
 * @param viewers most connections at a time, over both transports
 * @param topics most topics per viewer
 * @param inboundFrame most characters of one message from a viewer
 * @param unsentChars most characters written but not yet taken by the viewer's socket, before
 *     deltas are dropped
 * @param pending most views waiting for a topic's next message, before they become a resync
 * @param paceMillis shortest time between two messages of a coalesced topic
 * @param helloMillis how long a viewer without a credential in its request may take to send it
 * @param pingMillis time between two pings; a viewer silent for three of them is closed
 * @param recheckMillis time between two checks of a viewer's credential
 */
@RecordBuilder
public record LiveLimits(
    int viewers,
    int topics,
    int inboundFrame,
    int unsentChars,
    int pending,
    long paceMillis,
    long helloMillis,
    long pingMillis,
    long recheckMillis) {
  public static final LiveLimits DEFAULT =
      LiveLimitsBuilder.builder()
          .viewers(2_000)
          .topics(50)
          .inboundFrame(4_096)
          .unsentChars(512 * 1024)
          .pending(1_000)
          .paceMillis(100)
          .helloMillis(10_000)
          .pingMillis(20_000)
          .recheckMillis(60_000)
          .build();
}
