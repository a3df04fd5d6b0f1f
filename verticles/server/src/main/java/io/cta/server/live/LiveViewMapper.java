package io.cta.server.live;

import io.cta.domain.Execution;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.server.view.View;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;

/** Which view the feed shows of things: that of REST, without what is long. */
final class LiveViewMapper {
  private static final int MESSAGE_CHARS = 400;

  private LiveViewMapper() {}

  static View execution(Execution execution) {
    return ExecutionView.withoutSnapshot(execution);
  }

  static View task(Task task) {
    return TaskView.withoutTests(task);
  }

  /** Texts are cut; REST has them whole. */
  static View status(Status status) {
    return StatusView.brief(cut(status.message()), status);
  }

  private static String cut(String text) {
    if (text == null || text.length() <= MESSAGE_CHARS) {
      return text;
    }
    int end = MESSAGE_CHARS - 1;
    // never half of a character that takes two
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
