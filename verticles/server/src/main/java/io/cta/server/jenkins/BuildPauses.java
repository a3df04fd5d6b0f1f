package io.cta.server.jenkins;

import java.time.Duration;
import java.time.Instant;

/** The pauses between looks at a build: two seconds at first, growing to thirty. Pure. */
final class BuildPauses {
  private static final Duration LEAST = Duration.ofSeconds(2);
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final int PART = 4;

  private BuildPauses() {}

  /** A quarter of the time since Jenkins took it, so that a restart changes nothing. */
  static Duration after(Instant acceptedAt, Instant now) {
    Duration pause = Duration.between(acceptedAt, now).dividedBy(PART);
    return pause.compareTo(LEAST) < 0 ? LEAST : pause.compareTo(MOST) > 0 ? MOST : pause;
  }
}
