package io.cta.bench.history;

import java.util.ArrayList;
import java.util.List;

/** What one check finds. */
final class Findings {
  private final Invariant invariant;
  private final List<Breach> breaches = new ArrayList<>();

  Findings(Invariant invariant) {
    this.invariant = invariant;
  }

  void breach(String subject, String what) {
    breach(invariant, subject, what);
  }

  void breach(Invariant other, String subject, String what) {
    breaches.add(new Breach(other, subject, what));
  }

  void unless(boolean holds, String subject, String what) {
    if (!holds) {
      breach(subject, what);
    }
  }

  List<Breach> all() {
    return breaches;
  }
}
