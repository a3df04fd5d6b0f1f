package io.cta.bench.history;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.Status;
import io.cta.domain.Task;
import java.util.List;

/** An execution as the store has it. */
public record StoredExecution(
    Execution execution, ExecutionSnapshot snapshot, List<Task> tasks, List<Status> statuses) {
  public StoredExecution {
    tasks = List.copyOf(tasks);
    statuses = List.copyOf(statuses);
  }

  public String id() {
    return execution.id();
  }

  List<Status> statusesOf(Task task) {
    return statuses.stream().filter(s -> s.taskId().equals(task.id())).toList();
  }
}
