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
 * When tasks and executions have had their time, in the time of this server's ticker since it saw
 * them become what they are. The deadlines in the store are what people read, and what a server
 * goes by that takes a waiting task up. Pure; one thread only.
 */
final class DeadlineWatch {
  private static final int AT_ONCE = 500;
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final Duration EXECUTION_AGAIN = Duration.ofSeconds(30);

  /** What tasks have for ending by themselves when the running time of their execution is over. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Duration lease;
  private final DueTimeQueue tasks = new DueTimeQueue();
  private final DueTimeQueue executions = new DueTimeQueue();

  /**
   * @param lease nothing that was taken up from the store is due before that
   */
  DeadlineWatch(Duration lease) {
    this.lease = lease;
  }

  /**
   * From the store. Whoever takes it up cannot tell time that went by from a wall clock that was
   * set while no server was there. So what its agent keeps by itself has its whole time from now
   * on, and so has what ran out meanwhile, when nobody could give it to a machine. Anything else
   * has what is left by the wall clock, at most all.
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

  /** As it happens. A task that stays where it was keeps its time, whatever was written of it. */
  void changed(Task before, Task now, long nanos) {
    Duration span = DeadlineSpans.of(now);
    if (span == null) {
      tasks.remove(now.id());
    } else if (before == null || !sameStage(before, now) || !tasks.contains(now.id())) {
      tasks.put(now.id(), span, nanos);
    }
    execution(now, nanos);
  }

  void putOff(String taskId, Duration wait, long nanos) {
    tasks.put(taskId, wait, nanos);
  }

  void over(String executionId) {
    executions.remove(executionId);
  }

  /** Those due; they are due again after a few seconds, unless they change. */
  List<String> tasksDue(long nanos) {
    return tasks.due(nanos, AT_ONCE, AGAIN);
  }

  List<String> executionsDue(long nanos) {
    return executions.due(nanos, AT_ONCE, EXECUTION_AGAIN);
  }

  /** What is left to a task; null when it has no deadline. */
  Duration left(String taskId, long nanos) {
    return tasks.left(taskId, nanos);
  }

  /** What is left to an execution since its first task started; null while none has. */
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

  /** A task waits as long whether it is on a queue or not; each attempt begins anew. */
  private static boolean sameStage(Task before, Task now) {
    return stage(before) == stage(now) && before.attempts().size() == now.attempts().size();
  }

  private static TaskPhase stage(Task task) {
    TaskPhase phase = TaskPhase.of(task);
    return phase == TaskPhase.RELEASED ? TaskPhase.WAITING : phase;
  }
}
