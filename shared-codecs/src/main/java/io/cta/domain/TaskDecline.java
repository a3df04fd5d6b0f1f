package io.cta.domain;

import java.time.Instant;

/**
 * That a machine turned a task down which was offered to it. It is no attempt: nothing was run.
 *
 * @param reason a word such as {@code noSlot}, {@code diskLow} or {@code leaving}
 * @param times how often the task was turned down since it was last taken, 1 or more
 */
public record TaskDecline(String machineId, String reason, Instant at, int times) {}
