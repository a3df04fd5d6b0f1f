package io.cta.server.live;

import io.cta.domain.Execution;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.server.view.OutwardView;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import io.cta.text.TextCut;

/** Maps documents to the views that the feed shows: those of REST, without long fields. */
final class LiveViewMapper {
  private static final int MAX_MESSAGE_CHARS = 400;

  private LiveViewMapper() {}

  static OutwardView execution(Execution execution) {
    return ExecutionView.withoutSnapshot(execution);
  }

  static OutwardView task(Task task) {
    return TaskView.withoutTests(task);
  }

  /** The message is cut; REST has it whole. */
  static OutwardView status(Status status) {
    return StatusView.brief(TextCut.shortened(status.message(), MAX_MESSAGE_CHARS), status);
  }
}
