package io.cta.domain;

import java.time.Instant;

/**
 * A machine declined a task that was offered to it. This is no attempt: nothing was run.
 *
 * @param reason a word such as {@code noSlot}, {@code diskLow} or {@code leaving}
 * @param times how often the task was declined since it was last taken, 1 or more
 */
public record TaskDecline(String machineId, String reason, Instant at, int times) {}
