package io.cta.agent.intake;

import io.cta.agent.journal.Key;
import io.cta.agent.outbox.Outbox;
import io.cta.agent.run.Attempt;
import io.cta.agent.run.Stop;

/** An attempt that this agent answers for, from its acceptance until all of it is told. */
final class Live {
  final Key key;
  final Stop stop;
  Attempt attempt;
  boolean hasSlot;
  Outbox outbox;

  /** Null once it need not be asked for, as most need not. */
  Held held;

  Live(Key key, Stop stop) {
    this.key = key;
    this.stop = stop;
  }
}
