package io.cta.agent.intake;

import io.cta.agent.outbox.AttemptOutbox;
import io.cta.agent.run.AttemptContext;
import io.cta.agent.run.StopRequest;
import io.cta.domain.AttemptRef;

/** An attempt from its acceptance until the server has confirmed all of its events and output. */
final class ActiveAttempt {
  final AttemptRef key;
  final StopRequest stopRequest;
  AttemptContext attempt;
  boolean hasSlot;
  AttemptOutbox outbox;

  /** Null when the attempt may begin without asking the server, as most may. */
  ConfirmationRequest confirmationRequest;

  ActiveAttempt(AttemptRef key, StopRequest stopRequest) {
    this.key = key;
    this.stopRequest = stopRequest;
  }
}
