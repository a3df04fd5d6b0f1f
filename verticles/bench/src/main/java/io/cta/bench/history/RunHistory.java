package io.cta.bench.history;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Everything that is known about a run after everything should have ended.
 *
 * @param kept every execution in the store, also one whose request is not known
 * @param confirmed ids of the statuses whose confirmation an agent logged
 * @param refused attempts ({@code taskId.attempt}) of which a server logged that it refused an
 *     event
 * @param untold attempts that are still in an agent's journal
 * @param deadLettered how many messages the running servers say they have dead-lettered
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
