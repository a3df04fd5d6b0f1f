package io.cta.server.tracking;

/**
 * Handles an agent's event by its kind. {@link CurrentAttemptFilter} is the only one that asks for
 * the kind; from then on its parts are in the lists where they belong.
 */
interface AgentEventVisitor<T> {
  T stateReported(AgentEvent.StateReported event);

  T confirmationRequested(AgentEvent.ConfirmationRequested event);

  T sourcesReported(AgentEvent.SourcesReported event);

  T declined(AgentEvent.Declined event);

  T statusesReported(AgentEvent.StatusesReported event);

  T outputWritten(AgentEvent.OutputWritten event);
}
