package io.cta.agent.intake;

import java.util.LinkedHashSet;
import java.util.Set;

/** Remembers the latest of something, up to a number. One thread at a time. */
final class Recent<T> {
  private final int size;
  private final Set<T> kept = new LinkedHashSet<>();

  Recent(int size) {
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
