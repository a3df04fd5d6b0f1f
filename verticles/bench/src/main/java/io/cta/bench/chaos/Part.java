package io.cta.bench.chaos;

import java.util.Set;

/** Something that can be hit. Called from one thread at a time. */
interface Part {
  String name();

  Role role();

  /** What can be done to it. */
  Set<Fault.Kind> bears();

  /** Begins a fault, of a kind that it bears. */
  void strike(Fault fault);

  /** Ends it; returns when the part works again. */
  void heal(Fault fault);
}
