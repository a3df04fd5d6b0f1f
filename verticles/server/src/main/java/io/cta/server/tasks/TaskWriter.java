package io.cta.server.tasks;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.TaskChanged;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.Repository;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.server.store.Write;
import io.cta.state.Step;
import io.cta.state.TaskFact;
import io.cta.state.TaskMachine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * The only way to change a task: facts go through the {@link TaskMachine}, what moves is replaced
 * by compare-and-set and announced as TASK_CHANGED once it is stored. One per server, shared by its
 * verticles; safe from any event loop, futures complete on the caller's context.
 */
public final class TaskWriter {
  private static final int TRIES = 30;
  private static final int REMEMBERED = 16_384;

  private final Vertx vertx;
  private final Repository<Task> tasks;
  private final LatestTasks latest = new LatestTasks(REMEMBERED);

  public TaskWriter(Vertx vertx, Stores stores) {
    this.vertx = vertx;
    this.tasks = stores.tasks;
  }

  /** The task as it is, as far as this node knows; a NOT_FOUND failure when there is none. */
  public Future<Stored<Task>> get(String taskId) {
    Stored<Task> known = latest.get(taskId);
    return known == null ? read(taskId) : Future.succeededFuture(known);
  }

  /** Takes in a version that someone else has read, unless a later one is known. */
  public void remember(Stored<Task> stored) {
    latest.put(stored);
  }

  /** Applies one fact; answers what it did once that is stored. */
  public Future<Step> apply(String taskId, TaskFact fact) {
    return apply(taskId, List.of(fact)).map(steps -> steps.get(0));
  }

  /** Applies facts in order with one write; answers what each did. */
  public Future<List<Step>> apply(String taskId, List<TaskFact> facts) {
    Stored<Task> known = latest.get(taskId);
    if (known == null) {
      return read(taskId).compose(stored -> attempt(stored, facts, true, TRIES));
    }
    return attempt(known, facts, false, TRIES);
  }

  /**
   * Applies one fact to a task as it was read, so that what the fact was made of is what it meets;
   * false when somebody has changed the task since.
   */
  public Future<Boolean> applyTo(Stored<Task> from, TaskFact fact) {
    String id = from.value().id();
    return TaskMachine.apply(from.value(), fact) instanceof Step.Moved moved
        ? tasks
            .replace(id, from, moved.task())
            .onFailure(e -> latest.forget(id))
            .map(
                outcome -> {
                  boolean done = outcome == Write.Outcome.DONE;
                  if (done) {
                    announce(new Stored<>(moved.task(), from.version() + 1));
                  }
                  return done;
                })
        : Future.succeededFuture(true);
  }

  /** Inserts the tasks that are not yet there, and announces those. */
  public Future<Void> create(List<Task> created) {
    if (created.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Write> inserts = new ArrayList<>();
    created.forEach(task -> inserts.add(tasks.inserting(task.id(), task)));
    return tasks
        .apply(inserts)
        .map(
            outcomes -> {
              for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) == Write.Outcome.DONE) {
                  announce(new Stored<>(created.get(i), 1));
                }
              }
              return null;
            });
  }

  /** The task as it is in the store. */
  public Future<Stored<Task>> read(String taskId) {
    return tasks.get(taskId).onSuccess(latest::put);
  }

  private Future<List<Step>> attempt(
      Stored<Task> from, List<TaskFact> facts, boolean fresh, int tries) {
    List<Step> steps = new ArrayList<>(facts.size());
    Task task = from.value();
    boolean allMoved = true;
    for (TaskFact fact : facts) {
      Step step = TaskMachine.apply(task, fact);
      steps.add(step);
      if (step instanceof Step.Moved moved) {
        task = moved.task();
      } else {
        allMoved = false;
      }
    }
    if (!fresh && !allMoved) {
      // what this node remembers may be outdated: before a fact is turned down, ask the store
      return read(task.id()).compose(stored -> attempt(stored, facts, true, tries));
    }
    return task == from.value()
        ? Future.succeededFuture(steps)
        : replace(from, task, facts, steps, tries);
  }

  private Future<List<Step>> replace(
      Stored<Task> from, Task next, List<TaskFact> facts, List<Step> steps, int tries) {
    String id = next.id();
    return tasks
        .replace(id, from, next)
        .onFailure(e -> latest.forget(id))
        .compose(
            outcome -> {
              if (outcome == Write.Outcome.DONE) {
                announce(new Stored<>(next, from.version() + 1));
                return Future.succeededFuture(steps);
              }
              if (tries <= 1) {
                return Future.failedFuture(
                    new ServiceFailure(ErrorCode.CONFLICT, "task " + id + " is contended"));
              }
              return read(id).compose(stored -> attempt(stored, facts, true, tries - 1));
            });
  }

  private void announce(Stored<Task> task) {
    latest.put(task);
    Consumers.announce(
        vertx, Addresses.TASK_CHANGED, new TaskChanged(task.value(), task.version()));
  }
}
