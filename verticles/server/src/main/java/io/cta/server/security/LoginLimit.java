package io.cta.server.security;

import io.cta.error.ServiceFailure;
import io.cta.time.MonotonicClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down password guessing. An account from one address may fail 5 times, an account 20 times,
 * an address 50 times; then each further failure locks for longer, from one second to a minute. A
 * refused attempt does not prolong the lock. An account that has logged in from an address before
 * is delayed there only by its own failures from that address, so nobody can lock people out at
 * their usual address. Failures are forgotten after ten minutes without another. Does not apply to
 * sessions and tokens. Any thread.
 */
public final class LoginLimit {
  static final int FREE_PER_PAIR = 5;
  static final int FREE_PER_ACCOUNT = 20;
  static final int FREE_PER_ADDRESS = 50;
  static final long FORGET_AFTER_MILLIS = 600_000;
  static final int MAX_ENTRIES = 20_000;
  private static final Logger log = LoggerFactory.getLogger(LoginLimit.class);

  private record Entry(LoginLock lock, long atMillis) {}

  private final MonotonicClock ticker;
  private final Map<String, Entry> pairs = bounded();
  private final Map<String, Entry> accounts = bounded();
  private final Map<String, Entry> addresses = bounded();
  private final Map<String, Boolean> known = bounded();

  public LoginLimit(MonotonicClock ticker) {
    this.ticker = ticker;
  }

  /**
   * Begins an attempt, whose end must be reported by {@link #failed} or {@link #ended}; throws
   * TOO_MANY when it has to wait.
   */
  public synchronized void begin(String account, String address) {
    long now = now();
    boolean knownHere = known.containsKey(pair(account, address));
    LoginLock pairLock = lock(pairs, pair(account, address), FREE_PER_PAIR, now);
    LoginLock accountLock = lock(accounts, account, FREE_PER_ACCOUNT, now);
    LoginLock addressLock = lock(addresses, address, FREE_PER_ADDRESS, now);
    long waitMillis = pairLock.waitMillis(now);
    if (!knownHere) {
      waitMillis =
          Math.max(waitMillis, Math.max(accountLock.waitMillis(now), addressLock.waitMillis(now)));
    }
    if (waitMillis > 0) {
      long seconds = (waitMillis + 999) / 1_000;
      throw ServiceFailure.tooMany(
          "too many failed logins, try again in " + seconds + " s", seconds);
    }
    pairLock.begin(now);
    if (!knownHere) {
      accountLock.begin(now);
      addressLock.begin(now);
    }
  }

  /** Reports an attempt with wrong credentials. */
  public synchronized void failed(String account, String address) {
    long now = now();
    String pair = pair(account, address);
    String who = pair.replaceAll("\\p{Cntrl}", "?");
    failed(pairs, pair, FREE_PER_PAIR, now, "account from address", who);
    failed(accounts, account, FREE_PER_ACCOUNT, now, "account", who);
    failed(addresses, address, FREE_PER_ADDRESS, now, "address", who);
  }

  /** Reports an attempt that succeeded ({@code right}) or ended for any other reason. */
  public synchronized void ended(String account, String address, boolean right) {
    String pair = pair(account, address);
    if (right) {
      pairs.remove(pair);
      known.put(pair, true);
    }
    unlock(pairs.get(pair));
    unlock(accounts.get(account));
    unlock(addresses.get(address));
  }

  /** Entries of all maps together. */
  synchronized int size() {
    return pairs.size() + accounts.size() + addresses.size() + known.size();
  }

  private long now() {
    return TimeUnit.NANOSECONDS.toMillis(ticker.nanos());
  }

  private static LoginLock lock(Map<String, Entry> locks, String key, int free, long now) {
    Entry entry = locks.get(key);
    boolean lives = entry != null && now - entry.atMillis() < FORGET_AFTER_MILLIS;
    return lives ? entry.lock() : new LoginLock(free);
  }

  private static void failed(
      Map<String, Entry> locks, String key, int free, long now, String what, String who) {
    LoginLock lock = lock(locks, key, free, now);
    long millis = lock.failed(now);
    locks.put(key, new Entry(lock, now));
    if (millis > 0) {
      log.warn(
          "login locked [what: {}, of: {}, failures: {}, seconds: {}]",
          what,
          who,
          lock.failures(),
          millis / 1_000);
    }
  }

  private static void unlock(Entry entry) {
    if (entry != null) {
      entry.lock().unlock();
    }
  }

  private static String pair(String account, String address) {
    return address + " " + account;
  }

  /** A map that drops the entry unused for the longest time when it is full. */
  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MAX_ENTRIES;
      }
    };
  }
}
