package io.cta.domain;

import java.time.Instant;
import java.util.List;

/**
 * What was asked of an execution. Stored once, before the execution, and never changed.
 *
 * @param id of the execution
 * @param snapshot what it runs, with the parameters of whoever asked
 * @param requestedBy name of the user or token
 * @param rerunOf the execution it repeats, or null
 * @param source what whoever asked said of what is tested, or null
 * @param resolvedInputs what the inputs of the repeated execution were; empty for another
 * @param chain which execution caused it, or null
 */
public record ExecutionSpec(
    String id,
    ExecutionSnapshot snapshot,
    String requestedBy,
    Instant requestedAt,
    String rerunOf,
    ExecutionSource source,
    List<ResolvedInput> resolvedInputs,
    ExecutionChain chain) {
  public ExecutionSpec {
    resolvedInputs = FieldChecks.list(resolvedInputs);
  }

  /** A request that says nothing of what is tested. */
  public ExecutionSpec(
      String id,
      ExecutionSnapshot snapshot,
      String requestedBy,
      Instant requestedAt,
      String rerunOf) {
    this(id, snapshot, requestedBy, requestedAt, rerunOf, null, List.of(), null);
  }
}
