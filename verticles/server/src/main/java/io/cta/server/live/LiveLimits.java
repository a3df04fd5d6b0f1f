package io.cta.server.live;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What the feed allows itself and its viewers.
 *
 * @param viewers connections at a time, over both transports
 * @param topics per viewer
 * @param inboundFrame characters of one message of a viewer
 * @param unsentChars written but not yet taken by the viewer's socket, before deltas are dropped
 * @param pending views waiting for a topic's next message, before they become a resync
 * @param paceMillis shortest time between two messages of a coalesced topic
 * @param helloMillis how long a viewer without a credential in its request may take to send it
 * @param pingMillis between two pings; a viewer silent for three of them is closed
 * @param recheckMillis between two looks at a viewer's credential
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
