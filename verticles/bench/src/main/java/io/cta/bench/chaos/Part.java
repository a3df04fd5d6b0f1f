package io.cta.bench.chaos;

import java.time.Duration;

/** A process that can be hit. Called from one thread at a time. */
interface Part {
  String name();

  Role role();

  /** As {@code kill -9} does. */
  void kill();

  /** Starts it again, on what it had on disk; returns when it works again. */
  void start();

  /** Alive for the system, and dead for everybody who waits for it. */
  void pause();

  void resume();

  /** Whether its wall clock can be set. */
  default boolean hasClock() {
    return false;
  }

  /** Its wall clock is ahead of the right one by so much from now on. */
  default void setClock(Duration ahead) {
    throw new UnsupportedOperationException(name() + " has no clock of its own");
  }
}
