package io.cta.server.tracking;

import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.message.LogWritten;
import io.cta.server.store.DocumentWrite;
import io.cta.server.tasks.TaskMove;
import io.cta.state.TaskFact;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * The events that arrived for one task since it was last processed. Event loop of its verticle
 * only.
 */
final class TaskEvents {
  /** An event and the promise that completes once it is stored. */
  record PendingEvent(AgentEvent event, Promise<Void> settled) {}

  /**
   * A fact and the event it was made from.
   *
   * @param request to be answered once the fact is stored; null if nobody waits for an answer
   */
  record PendingFact(AgentEvent source, TaskFact fact, AgentEvent.ConfirmationRequested request) {}

  final String taskId;
  final List<PendingEvent> events = new ArrayList<>();
  final List<PendingFact> pendingFacts = new ArrayList<>();
  final List<Status> statuses = new ArrayList<>();
  final List<LogWritten> outputs = new ArrayList<>();

  /** What the inputs of the attempt are; null unless one of the events says it. */
  AgentEvent.SourcesReported sources;

  /** Statuses that the server made for what nobody reported. */
  final List<Status> substitutes = new ArrayList<>();

  /** True when the task must be checked without an event: it ended, or its counts are behind. */
  boolean checkRequested;

  /** The task as it was when the batch began; null until the events are admitted. */
  Task task;

  /** What the events do to the task; null when nothing. */
  TaskMove move;

  /** The outcome of the move's write; null when it had none. */
  DocumentWrite.Outcome moved;

  private boolean failed;

  TaskEvents(String taskId) {
    this.taskId = taskId;
  }

  /** The task once the pending facts are applied, if nobody changes it in between. */
  Task expected() {
    Task expected = task;
    for (PendingFact pendingFact : pendingFacts) {
      if (TaskStateMachine.apply(expected, pendingFact.fact())
          instanceof TransitionOutcome.Moved moved) {
        expected = moved.task();
      }
    }
    return expected;
  }

  /** Ends the attempt: what the events say of its course is dropped, but that it was taken. */
  void endInstead(PendingFact end) {
    pendingFacts.removeIf(pendingFact -> !(pendingFact.fact() instanceof TaskFact.Acked));
    pendingFacts.add(end);
  }

  List<TaskFact> facts() {
    List<TaskFact> facts = new ArrayList<>();
    pendingFacts.forEach(pendingFact -> facts.add(pendingFact.fact()));
    return facts;
  }

  void succeed() {
    events.forEach(d -> d.settled().tryComplete());
  }

  void fail(Throwable cause) {
    failed = true;
    events.forEach(d -> d.settled().tryFail(cause));
  }

  boolean failed() {
    return failed;
  }
}
