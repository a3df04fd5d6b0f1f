package io.cta.agent.http;

/** Asked now and then by what takes long. */
@FunctionalInterface
public interface StopCheck {
  /** Throws when the work is to stop. */
  void check() throws InterruptedException;
}
