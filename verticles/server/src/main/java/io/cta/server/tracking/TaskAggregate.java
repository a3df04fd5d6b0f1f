package io.cta.server.tracking;

import io.cta.domain.Task;
import io.cta.state.CompletionRules;
import io.cta.state.StatusFold;
import io.cta.state.StatusSummary;
import io.cta.state.TaskFact;
import io.cta.state.TaskPhase;
import java.time.Instant;
import java.util.List;

/** The effective statuses of a task that has not ended. Event loop of its verticle only. */
final class TaskAggregate {
  final StatusFold statuses;
  private Long countedAt;

  TaskAggregate(StatusFold statuses) {
    this.statuses = statuses;
  }

  /**
   * True once as many statuses have arrived as the agent announced, or when it announced no number.
   */
  boolean arrived(Task task) {
    return task.statusesExpected() == null
        || statuses.received(task.attempt()) >= task.statusesExpected();
  }

  /** True when the server must add what nobody reported: the attempt is the last, and over. */
  boolean closing(Task task) {
    return TaskPhase.of(task) == TaskPhase.ENDED
        && arrived(task)
        && !CompletionRules.retried(task, statuses.sum(task.testIds()).failedTestIds());
  }

  /** The tests that nobody reported. */
  List<String> missing(Task task) {
    return statuses.missing(task);
  }

  /** The tests that may have had more to report when the attempt broke off. */
  List<String> interrupted(Task task) {
    // an agent that reports the end itself says exactly how much it reported
    boolean complete =
        task.statusesExpected() != null
            && task.statusesExpected() == statuses.received(task.attempt());
    return complete ? List.of() : statuses.interrupted(task);
  }

  TaskFact counted(Task task, Instant at) {
    StatusSummary sum = statuses.sum(task.testIds());
    return new TaskFact.Counted(
        task.attempt(),
        statuses.received(task.attempt()),
        // a count made before the missing statuses were given up must not end the task later
        statuses.missing(task).isEmpty() && interrupted(task).isEmpty(),
        sum.counts(),
        sum.result(),
        sum.notOk(),
        at);
  }

  TaskFact recounted(Task task, Instant at) {
    StatusSummary sum = statuses.sum(task.testIds());
    return new TaskFact.Recounted(task.attempt(), sum.counts(), sum.result(), sum.notOk(), at);
  }

  /** True when nothing was counted yet, or the last count is at least {@code everyNanos} old. */
  boolean countDue(long nanos, long everyNanos) {
    return countedAt == null || nanos - countedAt >= everyNanos;
  }

  void countedAt(long nanos) {
    countedAt = nanos;
  }
}
