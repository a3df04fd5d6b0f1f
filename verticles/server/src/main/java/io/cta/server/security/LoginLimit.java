package io.cta.server.security;

import io.cta.error.ServiceFailure;
import io.cta.time.MonotonicClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down who guesses passwords. An account from one address may fail 5 times, an account 20
 * times, an address 50 times; then each further failure locks for longer, from one second to a
 * minute, and a lock is never prolonged by who is refused meanwhile. Who has logged in from an
 * address before is there only held up by failures of that account from that address, so nobody
 * locks out people at their usual place. All is forgotten after ten minutes without a failure.
 * Sessions and tokens are not concerned. Safe from any thread.
 */
public final class LoginLimit {
  static final int FREE_PER_PAIR = 5;
  static final int FREE_PER_ACCOUNT = 20;
  static final int FREE_PER_ADDRESS = 50;
  static final long FORGOTTEN_MILLIS = 600_000;
  static final int MOST = 20_000;
  private static final Logger log = LoggerFactory.getLogger(LoginLimit.class);

  private record Entry(LoginLock lock, long at) {}

  private final MonotonicClock ticker;
  private final Map<String, Entry> pairs = bounded();
  private final Map<String, Entry> accounts = bounded();
  private final Map<String, Entry> addresses = bounded();
  private final Map<String, Boolean> known = bounded();

  public LoginLimit(MonotonicClock ticker) {
    this.ticker = ticker;
  }

  /** Begins an attempt, which is to be told its end; fails with TOO_MANY when it has to wait. */
  public synchronized void begin(String account, String address) {
    long now = now();
    boolean usual = known.containsKey(pair(account, address));
    LoginLock own = lock(pairs, pair(account, address), FREE_PER_PAIR, now);
    LoginLock whole = lock(accounts, account, FREE_PER_ACCOUNT, now);
    LoginLock there = lock(addresses, address, FREE_PER_ADDRESS, now);
    long left = own.left(now);
    if (!usual) {
      left = Math.max(left, Math.max(whole.left(now), there.left(now)));
    }
    if (left > 0) {
      long seconds = (left + 999) / 1_000;
      throw ServiceFailure.tooMany(
          "too many failed logins, try again in " + seconds + " s", seconds);
    }
    own.begin(now);
    if (!usual) {
      whole.begin(now);
      there.begin(now);
    }
  }

  /** The attempt was wrong. */
  public synchronized void failed(String account, String address) {
    long now = now();
    String pair = pair(account, address);
    String who = pair.replaceAll("\\p{Cntrl}", "?");
    failed(pairs, pair, FREE_PER_PAIR, now, "account from address", who);
    failed(accounts, account, FREE_PER_ACCOUNT, now, "account", who);
    failed(addresses, address, FREE_PER_ADDRESS, now, "address", who);
  }

  /** The attempt was right, or came to nothing for another reason. */
  public synchronized void ended(String account, String address, boolean right) {
    String pair = pair(account, address);
    if (right) {
      pairs.remove(pair);
      known.put(pair, true);
    }
    open(pairs.get(pair));
    open(accounts.get(account));
    open(addresses.get(address));
  }

  /** Entries that are remembered, of all kinds. */
  synchronized int size() {
    return pairs.size() + accounts.size() + addresses.size() + known.size();
  }

  private long now() {
    return TimeUnit.NANOSECONDS.toMillis(ticker.nanos());
  }

  private static LoginLock lock(Map<String, Entry> locks, String key, int free, long now) {
    Entry entry = locks.get(key);
    boolean lives = entry != null && now - entry.at() < FORGOTTEN_MILLIS;
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

  private static void open(Entry entry) {
    if (entry != null) {
      entry.lock().open();
    }
  }

  private static String pair(String account, String address) {
    return address + " " + account;
  }

  /** Forgets what was not used for the longest time. */
  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
