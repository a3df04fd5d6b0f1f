package io.cta.agent.intake;

import io.cta.agent.journal.AttemptKey;
import io.cta.agent.outbox.AttemptOutbox;
import io.cta.agent.run.AttemptContext;
import io.cta.agent.run.StopRequest;

/** An attempt that this agent answers for, from its acceptance until all of it is told. */
final class ActiveAttempt {
  final AttemptKey key;
  final StopRequest stopRequest;
  AttemptContext attempt;
  boolean hasSlot;
  AttemptOutbox outbox;

  /** Null once it need not be asked for, as most need not. */
  ConfirmationRequest confirmationRequest;

  ActiveAttempt(AttemptKey key, StopRequest stopRequest) {
    this.key = key;
    this.stopRequest = stopRequest;
  }
}
