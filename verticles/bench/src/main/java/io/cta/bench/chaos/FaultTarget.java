package io.cta.bench.chaos;

import java.util.Set;

/** Something that can be hit. Called from one thread at a time. */
interface FaultTarget {
  String name();

  TargetRole role();

  /** What can be done to it. */
  Set<PlannedFault.Kind> bears();

  /** Begins a fault, of a kind that it bears. */
  void strike(PlannedFault fault);

  /** Ends it; returns when the part works again. */
  void heal(PlannedFault fault);
}
