package io.cta.server.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Remembers values for a short while, and not more than so many of them: when it is full of living
 * ones, it forgets them all. Safe from any thread.
 */
final class ShortMemory<V> {
  private record Entry<V>(V value, Instant until) {}

  private final Map<String, Entry<V>> entries = new ConcurrentHashMap<>();
  private final Clock clock;
  private final Duration life;
  private final int max;

  ShortMemory(Clock clock, Duration life, int max) {
    this.clock = clock;
    this.life = life;
    this.max = max;
  }

  /** The value, or null. */
  V get(String key) {
    Entry<V> entry = entries.get(key);
    return entry != null && clock.instant().isBefore(entry.until()) ? entry.value() : null;
  }

  void put(String key, V value) {
    if (entries.size() >= max) {
      Instant now = clock.instant();
      entries.values().removeIf(entry -> !now.isBefore(entry.until()));
      if (entries.size() >= max) {
        entries.clear();
      }
    }
    entries.put(key, new Entry<>(value, clock.instant().plus(life)));
  }

  void forgetIf(Predicate<V> which) {
    entries.values().removeIf(entry -> which.test(entry.value()));
  }

  int size() {
    return entries.size();
  }
}
