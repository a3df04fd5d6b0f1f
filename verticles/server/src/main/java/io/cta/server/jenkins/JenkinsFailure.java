package io.cta.server.jenkins;

import java.time.Duration;

/** A request that did not come to what was wanted; its message is for people. */
final class JenkinsFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;
  private final Duration pause;

  /**
   * @param passing true when it may succeed later
   * @param pause how long Jenkins wants to be left alone, or zero
   */
  JenkinsFailure(String text, boolean passing, Duration pause) {
    super(text, null, false, false);
    this.passing = passing;
    this.pause = pause;
  }

  static JenkinsFailure of(JenkinsAnswer answer) {
    return new JenkinsFailure(
        answer.text(), answer.kind() == JenkinsAnswer.Kind.RETRY, answer.pause());
  }

  boolean passing() {
    return passing;
  }

  Duration pause() {
    return pause;
  }
}
