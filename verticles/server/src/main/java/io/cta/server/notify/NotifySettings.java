package io.cta.server.notify;

import java.time.Duration;

/**
 * How often and how long.
 *
 * @param tick between two looks at what is due in memory
 * @param sweep between two looks into the store for what nobody announced
 * @param lease silence after which another node's attempt counts as given up
 * @param timeout of an attempt
 * @param giveUp how long this server tries to carry out a handler that fails for reasons that may
 *     pass
 */
public record NotifySettings(
    Duration tick, Duration sweep, Duration lease, Duration timeout, Duration giveUp) {
  public static final NotifySettings DEFAULT =
      new NotifySettings(
          Duration.ofMillis(250),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofDays(1));
}
