package io.cta.server.live;

import io.cta.domain.Execution;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.server.view.OutwardView;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;

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
    return StatusView.brief(cut(status.message()), status);
  }

  private static String cut(String text) {
    if (text == null || text.length() <= MAX_MESSAGE_CHARS) {
      return text;
    }
    int end = MAX_MESSAGE_CHARS - 1;
    // do not cut a surrogate pair in half
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
