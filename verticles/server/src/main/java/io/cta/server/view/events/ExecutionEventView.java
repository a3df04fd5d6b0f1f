package io.cta.server.view.events;

import io.cta.domain.Execution;
import io.cta.server.view.OutwardView;
import java.time.Instant;
import java.util.List;

/**
 * Says that an execution is over.
 *
 * @param type {@value #FINISHED}, however it ended
 * @param timestamp when it ended
 */
public record ExecutionEventView(String type, Instant timestamp, ExecutionEventDataView data)
    implements OutwardView {
  private static final String FINISHED = "execution.finished";

  /**
   * @param handler the place of the handler that tells
   * @param failures those to name
   * @param cut true when there are more
   */
  public static ExecutionEventView of(
      Execution execution, int handler, List<FailureEventView> failures, boolean cut, String link) {
    return new ExecutionEventView(
        FINISHED,
        execution.finishedAt(),
        ExecutionEventDataView.of(execution, handler, failures, cut, link));
  }
}
