package io.cta.server.view.live;

import io.cta.domain.State;
import io.cta.domain.Task;

/** A task that a machine has taken. */
public record ActiveTaskView(String id, String executionId, State state) {
  static ActiveTaskView of(Task task) {
    return new ActiveTaskView(task.id(), task.executionId(), task.state());
  }
}
