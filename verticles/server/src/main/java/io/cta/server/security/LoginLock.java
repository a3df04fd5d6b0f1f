package io.cta.server.security;

/**
 * Failures of one account, one address, or one account from one address: after some that are free,
 * each locks for longer than the one before, up to a minute. Times are milliseconds of a clock of
 * the caller's. Not safe for several threads.
 */
final class LoginLock {
  static final long LONGEST_MILLIS = 60_000;
  private static final long FIRST_MILLIS = 1_000;

  private final int free;
  private int failures;
  private long until;
  private boolean locked;
  private boolean begun;

  /**
   * @param free failures before the first lock
   */
  LoginLock(int free) {
    this.free = free;
  }

  /** Milliseconds until the next attempt may be made; 0 for now. */
  long left(long now) {
    return locked ? Math.max(0, until - now) : 0;
  }

  /** An attempt begins; until its end is known no other may, once the free ones are used up. */
  void begin(long now) {
    if (failures >= free) {
      lock(now, failures + 1);
      begun = true;
    }
  }

  /**
   * @return milliseconds of the lock that follows, 0 for none
   */
  long failed(long now) {
    failures++;
    begun = false;
    if (failures < free) {
      return 0;
    }
    return lock(now, failures);
  }

  /** An attempt did not fail: what its beginning locked is open; failures still count. */
  void open() {
    locked = locked && !begun;
    begun = false;
  }

  int failures() {
    return failures;
  }

  private long lock(long now, int count) {
    long wait = FIRST_MILLIS << Math.min(count - free, 10);
    long millis = Math.min(wait, LONGEST_MILLIS);
    until = now + millis;
    locked = true;
    return millis;
  }
}
