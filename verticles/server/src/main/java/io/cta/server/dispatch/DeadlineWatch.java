package io.cta.server.dispatch;

import io.cta.domain.Attempt;
import io.cta.domain.Task;
import io.cta.state.DeadlineSpans;
import io.cta.state.TaskPhase;
import io.cta.time.DueTimeQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Knows when the time of tasks and executions is over. It counts by this server's ticker from the
 * moment the server saw a task enter its phase. The deadlines in the store are for people, and for
 * a server that starts and finds a waiting task. Pure; one thread only.
 *
 * <p>Each {@code nanos} is a ticker time in nanoseconds.
 */
final class DeadlineWatch {
  private static final int MAX_DUE_AT_ONCE = 500;
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final Duration EXECUTION_AGAIN = Duration.ofSeconds(30);

  /** How long tasks have to end by themselves once the running time of their execution is over. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Duration lease;
  private final DueTimeQueue tasks = new DueTimeQueue();
  private final DueTimeQueue executions = new DueTimeQueue();

  /**
   * @param lease nothing that was read from the store is due earlier than this
   */
  DeadlineWatch(Duration lease) {
    this.lease = lease;
  }

  /**
   * Takes in a task that was read from the store. While no server was there, time went by or the
   * wall clock was set; nobody can tell which. So a task gets its whole time anew when its agent
   * measures that time itself, or when it seems to be over, because meanwhile no server could give
   * it to a machine. Any other task gets what is left by the wall clock, at most its whole time.
   */
  void loaded(Task task, Instant wall, long nanos) {
    Duration span = DeadlineSpans.of(task);
    if (span != null) {
      Duration left = Duration.between(wall, task.deadline());
      boolean over = left.isZero() || left.isNegative();
      boolean whole = over || DeadlineSpans.keptByAgent(task) || left.compareTo(span) > 0;
      Duration wait = whole ? span : left;
      tasks.put(task.id(), wait.compareTo(lease) < 0 ? lease : wait, nanos);
    }
    execution(task, nanos);
  }

  /** Takes in a change of a task. A task whose phase stays the same keeps its time. */
  void changed(Task before, Task now, long nanos) {
    Duration span = DeadlineSpans.of(now);
    if (span == null) {
      tasks.remove(now.id());
    } else if (before == null || !sameStage(before, now) || !tasks.contains(now.id())) {
      tasks.put(now.id(), span, nanos);
    }
    execution(now, nanos);
  }

  /** Gives a task this time from now on. */
  void putOff(String taskId, Duration wait, long nanos) {
    tasks.put(taskId, wait, nanos);
  }

  /** Forgets an execution that is over. */
  void over(String executionId) {
    executions.remove(executionId);
  }

  /** Tasks whose time is over. Each is due again after a few seconds, unless it changes. */
  List<String> tasksDue(long nanos) {
    return tasks.due(nanos, MAX_DUE_AT_ONCE, AGAIN);
  }

  /** Executions whose time is over. Each is due again after a while, unless it is over. */
  List<String> executionsDue(long nanos) {
    return executions.due(nanos, MAX_DUE_AT_ONCE, EXECUTION_AGAIN);
  }

  /** The time that a task has left; null when it has no deadline. */
  Duration left(String taskId, long nanos) {
    return tasks.left(taskId, nanos);
  }

  /** The time that an execution has left; null while none of its tasks has started. */
  Duration executionLeft(String executionId, long nanos) {
    return executions.left(executionId, nanos);
  }

  List<String> taskIds() {
    return tasks.ids();
  }

  List<String> executionIds() {
    return executions.ids();
  }

  private void execution(Task task, long nanos) {
    boolean begun =
        Stream.concat(
                Stream.of(task).map(Task::startedAt),
                task.attempts().stream().map(Attempt::startedAt))
            .anyMatch(Objects::nonNull);
    if (begun && !task.state().terminal() && !executions.contains(task.executionId())) {
      executions.put(task.executionId(), task.running().plus(GRACE), nanos);
    }
  }

  /** True when the time goes on: a released task still waits, but a new attempt begins anew. */
  private static boolean sameStage(Task before, Task now) {
    return stage(before) == stage(now) && before.attempts().size() == now.attempts().size();
  }

  private static TaskPhase stage(Task task) {
    TaskPhase phase = TaskPhase.of(task);
    return phase == TaskPhase.RELEASED ? TaskPhase.WAITING : phase;
  }
}
