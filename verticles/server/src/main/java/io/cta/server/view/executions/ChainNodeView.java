package io.cta.server.view.executions;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionChain;
import io.cta.domain.Result;
import io.cta.domain.State;
import java.time.Instant;
import java.util.List;

/**
 * An execution of a chain.
 *
 * @param parent null for the first
 * @param after what became of its handlers
 */
public record ChainNodeView(
    String id,
    String parent,
    Integer handler,
    int depth,
    String scenarioName,
    State state,
    Result result,
    Instant requestedAt,
    Instant finishedAt,
    List<AfterOutcomeView> after) {
  public static ChainNodeView of(Execution e) {
    ExecutionChain chain = e.chain();
    return new ChainNodeView(
        e.id(),
        chain == null ? null : chain.parent(),
        chain == null ? null : chain.handler(),
        ExecutionChain.depth(chain),
        e.scenarioName(),
        e.state(),
        e.result(),
        e.requestedAt(),
        e.finishedAt(),
        AfterOutcomeView.of(e.after()));
  }
}
