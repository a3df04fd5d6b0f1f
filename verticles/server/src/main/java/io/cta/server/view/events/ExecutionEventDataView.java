package io.cta.server.view.events;

import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.server.view.executions.ExecutionChainView;
import io.cta.server.view.executions.ExecutionSourceView;
import io.cta.server.view.executions.ResultCountsView;
import io.cta.text.TextCut;
import java.time.Instant;
import java.util.List;

/**
 * An execution that is over.
 *
 * @param handler the place of the handler that told, from 0
 * @param failures the first of them
 * @param failuresCut true when there are more
 * @param link where people look at it; a path alone when the server does not know its address
 */
public record ExecutionEventDataView(
    String id,
    String scenarioId,
    String scenario,
    String group,
    State state,
    Result result,
    String reason,
    String message,
    String requestedBy,
    Instant requestedAt,
    Instant startedAt,
    Instant finishedAt,
    ResultCountsView counts,
    ExecutionSourceView source,
    ExecutionChainView chain,
    int handler,
    List<FailureEventView> failures,
    boolean failuresCut,
    String link) {
  private static final int MAX_MESSAGE = 1_000;

  static ExecutionEventDataView of(
      Execution e, int handler, List<FailureEventView> failures, boolean cut, String link) {
    return new ExecutionEventDataView(
        e.id(),
        e.scenarioId(),
        e.scenarioName(),
        e.group(),
        e.state(),
        e.result(),
        e.reason(),
        TextCut.beginning(e.message(), MAX_MESSAGE),
        e.requestedBy(),
        e.requestedAt(),
        e.startedAt(),
        e.finishedAt(),
        ResultCountsView.of(e.counts()),
        ExecutionSourceView.of(e.source()),
        ExecutionChainView.of(e.chain()),
        handler,
        failures,
        cut,
        link);
  }
}
