package io.cta.server.view.executions;

import io.cta.domain.BuildProgress;
import java.time.Instant;

/**
 * How far the build is that a handler had made.
 *
 * @param until when it is no longer followed
 * @param result in Jenkins' words; null while it is not known
 * @param trouble why the last look at it failed, or null
 */
public record BuildProgressView(
    String job,
    Instant askedAt,
    Instant acceptedAt,
    Instant until,
    Long queueItem,
    Integer number,
    String url,
    String result,
    String trouble) {
  /** Returns null for null. */
  static BuildProgressView of(BuildProgress b) {
    return b == null
        ? null
        : new BuildProgressView(
            b.job(),
            b.askedAt(),
            b.acceptedAt(),
            b.until(),
            b.queueItem(),
            b.number(),
            b.url(),
            b.result(),
            b.trouble());
  }
}
