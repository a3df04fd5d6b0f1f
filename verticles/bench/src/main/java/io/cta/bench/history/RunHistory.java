package io.cta.bench.history;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * All that is known of a run once everything should have come to its end.
 *
 * @param kept every execution in the store, also one that nobody is known to have asked for
 * @param confirmed ids of the statuses whose confirmation an agent logged
 * @param refused attempts ({@code taskId.attempt}) of which a server logged that it refused an
 *     event
 * @param untold attempts that an agent's journal still has something to tell of
 * @param deadLettered what the servers that are up say they have dead-lettered
 */
@RecordBuilder
public record RunHistory(
    List<RequestedExecution> asked,
    List<StoredExecution> kept,
    List<ProcessTrace> traces,
    Set<String> confirmed,
    Set<String> refused,
    List<LeftoverProcess> leftovers,
    List<DroppedMessage> givenUp,
    List<String> untold,
    long deadLettered,
    List<OutagePeriod> outages,
    Instant readAt) {
  public RunHistory {
    asked = List.copyOf(asked);
    kept = List.copyOf(kept);
    traces = List.copyOf(traces);
    confirmed = Set.copyOf(confirmed);
    refused = Set.copyOf(refused);
    leftovers = List.copyOf(leftovers);
    givenUp = List.copyOf(givenUp);
    untold = List.copyOf(untold);
    outages = List.copyOf(outages);
  }
}
