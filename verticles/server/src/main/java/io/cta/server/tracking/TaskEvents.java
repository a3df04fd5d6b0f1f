package io.cta.server.tracking;

import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.state.TaskFact;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** All that has come for one task since it was worked on last. Event loop of its verticle only. */
final class TaskEvents {
  /** An event and whoever waits for it to be stored. */
  record PendingEvent(AgentEvent arrival, Promise<Void> settled) {}

  /** A fact out of a delivery. */
  record PendingFact(PendingEvent delivery, TaskFact fact) {}

  final String taskId;
  final List<PendingEvent> deliveries = new ArrayList<>();
  final List<PendingFact> words = new ArrayList<>();
  final List<Status> statuses = new ArrayList<>();

  /** True when the task itself gives reason to look at it: it ended, or its counts are behind. */
  boolean looked;

  /** The task as it was when this visit began; null until it is admitted. */
  Task task;

  private boolean failed;

  TaskEvents(String taskId) {
    this.taskId = taskId;
  }

  /** What the task will be once the words are applied, if nobody comes between. */
  Task expected() {
    Task expected = task;
    for (PendingFact pendingFact : words) {
      if (TaskStateMachine.apply(expected, pendingFact.fact())
          instanceof TransitionOutcome.Moved moved) {
        expected = moved.task();
      }
    }
    return expected;
  }

  List<TaskFact> facts() {
    List<TaskFact> facts = new ArrayList<>();
    words.forEach(pendingFact -> facts.add(pendingFact.fact()));
    return facts;
  }

  void succeed() {
    deliveries.forEach(d -> d.settled().tryComplete());
  }

  void fail(Throwable cause) {
    failed = true;
    deliveries.forEach(d -> d.settled().tryFail(cause));
  }

  boolean failed() {
    return failed;
  }
}
