package io.cta.server.http;

import java.util.HashMap;
import java.util.Map;

/** So much of a thing at a time, in all and for one address. Safe from any thread. */
public final class AddressQuota {
  /** What came of asking. */
  public enum Answer {
    GRANTED,
    /** The address has as much as one may have. */
    ADDRESS_FULL,
    /** All together have as much as there is. */
    FULL
  }

  private final long all;
  private final long each;
  private final Map<String, Long> taken = new HashMap<>();
  private long sum;

  public AddressQuota(long all, long each) {
    this.all = all;
    this.each = each;
  }

  /** What is granted has to be given back. */
  public synchronized Answer take(String address, long amount) {
    long before = taken.getOrDefault(address, 0L);
    if (amount > each - before) {
      return Answer.ADDRESS_FULL;
    }
    if (amount > all - sum) {
      return Answer.FULL;
    }
    sum += amount;
    taken.put(address, before + amount);
    return Answer.GRANTED;
  }

  public synchronized void giveBack(String address, long amount) {
    sum -= amount;
    taken.computeIfPresent(address, (a, n) -> n <= amount ? null : n - amount);
  }

  public synchronized long taken() {
    return sum;
  }
}
