package io.cta.server.security;

import io.cta.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Remembers values for a short while, and not more than so many of them: when it is full of living
 * ones, it forgets them all. Safe from any thread.
 */
final class ShortMemory<V> {
  private record Entry<V>(V value, long until) {}

  private final Map<String, Entry<V>> entries = new ConcurrentHashMap<>();
  private final Ticker ticker;
  private final Duration life;
  private final int max;

  ShortMemory(Ticker ticker, Duration life, int max) {
    this.ticker = ticker;
    this.life = life;
    this.max = max;
  }

  /** The value, or null. */
  V get(String key) {
    Entry<V> entry = entries.get(key);
    return entry != null && ticker.nanos() - entry.until() < 0 ? entry.value() : null;
  }

  void put(String key, V value) {
    if (entries.size() >= max) {
      long now = ticker.nanos();
      entries.values().removeIf(entry -> now - entry.until() >= 0);
      if (entries.size() >= max) {
        entries.clear();
      }
    }
    entries.put(key, new Entry<>(value, ticker.nanos() + life.toNanos()));
  }

  void forgetIf(Predicate<V> which) {
    entries.values().removeIf(entry -> which.test(entry.value()));
  }

  int size() {
    return entries.size();
  }
}
