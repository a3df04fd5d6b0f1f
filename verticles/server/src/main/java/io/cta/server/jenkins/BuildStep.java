package io.cta.server.jenkins;

import io.cta.domain.BuildProgress;
import java.time.Duration;

/**
 * What came of one look at a build, or of asking for it.
 *
 * @param pause until the next look; of {@link Kind#RETRY} the least, zero if Jenkins has no wish
 * @param text for people
 */
public record BuildStep(Kind kind, BuildProgress progress, Duration pause, String text) {
  /** What follows from it. */
  public enum Kind {
    /** It is to be looked at again. */
    FOLLOW,
    /** It ended with SUCCESS. */
    SUCCEEDED,
    /** It ended otherwise, or nothing more will be known of it. */
    FAILED,
    /** It is to be asked for again, if it did not arrive meanwhile. */
    RETRY
  }

  static BuildStep failed(BuildProgress progress, String text) {
    return new BuildStep(Kind.FAILED, progress, Duration.ZERO, text);
  }
}
