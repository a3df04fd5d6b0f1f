package io.cta.bench.history;

import java.util.ArrayList;
import java.util.List;

/** Collects the breaches that one check finds. */
final class ViolationCollector {
  private final ExecutionInvariant invariant;
  private final List<InvariantViolation> breaches = new ArrayList<>();

  ViolationCollector(ExecutionInvariant invariant) {
    this.invariant = invariant;
  }

  void breach(String subject, String what) {
    breach(invariant, subject, what);
  }

  void breach(ExecutionInvariant other, String subject, String what) {
    breaches.add(new InvariantViolation(other, subject, what));
  }

  void unless(boolean holds, String subject, String what) {
    if (!holds) {
      breach(subject, what);
    }
  }

  List<InvariantViolation> all() {
    return breaches;
  }
}
