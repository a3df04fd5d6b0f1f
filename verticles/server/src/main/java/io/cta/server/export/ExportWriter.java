package io.cta.server.export;

import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import java.util.List;

/**
 * Writes one execution, task by task. Each call returns the text that comes next. One thread at a
 * time.
 */
public interface ExportWriter {
  /**
   * @param tasks all of them
   */
  String begin(ExecutionView execution, List<TaskView> tasks);

  /**
   * @param statuses those of the task that count, test by test
   */
  String task(TaskView task, List<StatusView> statuses);

  String end();
}
