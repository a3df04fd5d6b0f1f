package io.cta.time;

/**
 * Monotonic time, for silence, leases, waits, deadlines and ages. No change of the wall clock moves
 * it; on Linux it stands still while the machine is suspended. Safe from any thread.
 */
@FunctionalInterface
public interface MonotonicClock {
  /**
   * Nanoseconds since some moment in the past. Only differences within one process mean something;
   * compare by {@code a - b > 0}, as the values may overflow.
   */
  long nanos();

  /** The machine's clock; for a program's entry point, which hands it to everything else. */
  static MonotonicClock system() {
    return System::nanoTime;
  }
}
