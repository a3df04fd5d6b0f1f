package io.cta.bench.chaos;

import java.util.Set;

/** A part into which faults can be injected. Called by one thread at a time. */
interface FaultTarget {
  String name();

  TargetRole role();

  /** The kinds of fault that can be injected. */
  Set<PlannedFault.Kind> bears();

  /** Begins a fault of one of these kinds. */
  void strike(PlannedFault fault);

  /** Ends the fault; returns when the part works again. */
  void heal(PlannedFault fault);
}
