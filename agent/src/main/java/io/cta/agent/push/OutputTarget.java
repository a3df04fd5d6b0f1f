package io.cta.agent.push;

import java.io.IOException;

/** A place for files. Blocks; one thread at a time. */
interface OutputTarget extends AutoCloseable {
  /**
   * Brings a file to its place.
   *
   * @return false when it was there already
   * @throws IOException when it is not there; unless it is a {@link PushFailed} that says
   *     otherwise, another try may succeed
   */
  boolean push(PushFile file) throws IOException, InterruptedException;

  /**
   * Brings all files to their places that {@link #push} only took, where they go together.
   *
   * @return how many of them were there already
   * @throws IOException as for {@link #push}; then none of them is there
   */
  default int finish() throws IOException, InterruptedException {
    return 0;
  }

  /** Gives a file up: removes what was begun of it. Never throws. */
  default void abandon(PushFile file) {}

  /** Removes what it needed on this machine. */
  @Override
  default void close() throws IOException {}
}
