package io.cta.server.http;

import java.util.HashMap;
import java.util.Map;

/** Limits how much may be taken at the same time, in total and per address. Any thread. */
public final class AddressQuota {
  /** The result of {@link #take}. */
  public enum Answer {
    GRANTED,
    /** The limit per address is reached. */
    ADDRESS_FULL,
    /** The total limit is reached. */
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

  /** Takes an amount; what was granted must be given back by {@link #giveBack}. */
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
