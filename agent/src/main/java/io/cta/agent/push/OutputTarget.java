package io.cta.agent.push;

import java.io.IOException;

/** A place for files. Blocks; one thread at a time. */
interface OutputTarget {
  /**
   * Brings a file to its place.
   *
   * @return false when it was there already
   * @throws IOException when it is not there; unless it is a {@link PushFailed} that says
   *     otherwise, another try may succeed
   */
  boolean push(PushFile file) throws IOException, InterruptedException;

  /** Gives a file up: removes what was begun of it. Never throws. */
  default void abandon(PushFile file) {}
}
