package io.cta.server.security;

/**
 * Counts the failures of one account, one address, or one account from one address. After some free
 * ones each failure locks for longer than the one before, up to a minute. Times are milliseconds of
 * a monotonic clock of the caller. Not thread-safe.
 */
final class LoginLock {
  static final long MAX_LOCK_MILLIS = 60_000;
  private static final long FIRST_LOCK_MILLIS = 1_000;

  private final int free;
  private int failures;
  private long untilMillis;
  private boolean locked;
  private boolean begun;

  /**
   * @param free failures before the first lock
   */
  LoginLock(int free) {
    this.free = free;
  }

  /** Milliseconds until the next attempt is allowed; 0 for now. */
  long waitMillis(long now) {
    return locked ? Math.max(0, untilMillis - now) : 0;
  }

  /** Begins an attempt. When the free ones are used up, blocks others until its end is known. */
  void begin(long now) {
    if (failures >= free) {
      lock(now, failures + 1);
      begun = true;
    }
  }

  /**
   * Counts a failure.
   *
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

  /** Undoes the lock set by {@link #begin}; earlier failures still count. */
  void unlock() {
    locked = locked && !begun;
    begun = false;
  }

  int failures() {
    return failures;
  }

  private long lock(long now, int count) {
    long wait = FIRST_LOCK_MILLIS << Math.min(count - free, 10);
    long millis = Math.min(wait, MAX_LOCK_MILLIS);
    untilMillis = now + millis;
    locked = true;
    return millis;
  }
}
