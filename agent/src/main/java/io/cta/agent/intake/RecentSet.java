package io.cta.agent.intake;

import java.util.LinkedHashSet;
import java.util.Set;

/** Remembers the latest elements, up to a number. One thread at a time. */
final class RecentSet<T> {
  private final int size;
  private final Set<T> kept = new LinkedHashSet<>();

  RecentSet(int size) {
    this.size = size;
  }

  void add(T one) {
    kept.add(one);
    if (kept.size() > size) {
      kept.remove(kept.iterator().next());
    }
  }

  boolean contains(T one) {
    return kept.contains(one);
  }
}
