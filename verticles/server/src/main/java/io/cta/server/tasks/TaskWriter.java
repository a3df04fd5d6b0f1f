package io.cta.server.tasks;

import io.cta.bus.ChangeFeed;
import io.cta.bus.TaskChanged;
import io.cta.domain.Task;
import io.cta.server.store.CompareAndSetLoop;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.EntityRepository;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.store.WriteStep;
import io.cta.state.TaskFact;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/**
 * The only way to change a task: facts go through the {@link TaskStateMachine}; a changed task is
 * replaced by compare-and-set and announced as TASK_CHANGED once it is stored. One per server,
 * shared by its verticles; safe from any event loop, futures complete on the caller's context.
 */
public final class TaskWriter {
  private static final int MAX_TRIES = 30;
  private static final int MAX_REMEMBERED = 16_384;

  private final Vertx vertx;
  private final EntityRepository<Task> tasks;
  private final DocumentStore documents;
  private final LatestTasks latest = new LatestTasks(MAX_REMEMBERED);

  public TaskWriter(Vertx vertx, StoreRepositories stores) {
    this.vertx = vertx;
    this.tasks = stores.tasks;
    this.documents = stores.documents;
  }

  /** The task as it is, as far as this node knows; a NOT_FOUND failure when there is none. */
  public Future<VersionedEntity<Task>> get(String taskId) {
    VersionedEntity<Task> known = latest.get(taskId);
    return known == null ? read(taskId) : Future.succeededFuture(known);
  }

  /** Takes in a version that someone else has read, unless a later one is known. */
  public void remember(VersionedEntity<Task> stored) {
    latest.put(stored);
  }

  /** Applies one fact; returns what it did once that is stored. */
  public Future<TransitionOutcome> apply(String taskId, TaskFact fact) {
    return apply(taskId, List.of(fact)).map(steps -> steps.get(0));
  }

  /** Applies facts in order with one write; returns what each did. */
  public Future<List<TransitionOutcome>> apply(String taskId, List<TaskFact> facts) {
    return prepare(taskId, facts).compose(move -> loop(move).runFrom(move, this::store));
  }

  /**
   * Applies facts in memory. The caller stores the changed task by {@link #writing}, together with
   * other things, and says what came of it by {@link #written}.
   */
  public Future<TaskMove> prepare(String taskId, List<TaskFact> facts) {
    VersionedEntity<Task> known = latest.get(taskId);
    if (known != null) {
      TaskMove move = TaskMove.of(known, facts);
      if (move.complete()) {
        return Future.succeededFuture(move);
      }
      // what this node remembers may be outdated: ask the store before refusing a fact
    }
    return read(taskId).map(stored -> TaskMove.of(stored, facts));
  }

  /** The write that stores a move. */
  public DocumentWrite writing(TaskMove move) {
    return tasks.replacing(move.next().id(), move.from(), move.next());
  }

  /** Announces a move that was stored; applies the facts anew when another one came before it. */
  public Future<List<TransitionOutcome>> written(TaskMove move, DocumentWrite.Outcome outcome) {
    return settled(move, outcome)
        .map(Future::succeededFuture)
        .orElseGet(() -> loop(move).run(this::store));
  }

  /**
   * Applies one fact only to the version of the task that the fact was made from; false when
   * somebody has changed the task since.
   */
  public Future<Boolean> applyTo(VersionedEntity<Task> from, TaskFact fact) {
    return store(TaskMove.of(from, List.of(fact))).map(Optional::isPresent);
  }

  /** Inserts the tasks that are not yet there, and announces those. */
  public Future<Void> create(List<Task> created) {
    if (created.isEmpty()) {
      return Future.succeededFuture();
    }
    return tasks
        .apply(inserts(created))
        .map(
            outcomes -> {
              announceNew(created, outcomes);
              return null;
            });
  }

  /**
   * Inserts tasks that are not there yet, announces them, and then carries out a write: DONE when
   * all of that was done. Else some task was there already, and the write may not have been carried
   * out.
   */
  public Future<DocumentWrite.Outcome> create(List<Task> created, DocumentWrite afterwards) {
    return documents
        .applySteps(List.of(new WriteStep(inserts(created), true), WriteStep.needed(afterwards)))
        .map(
            outcomes -> {
              announceNew(created, outcomes);
              return outcomes.size() > created.size()
                  ? outcomes.get(created.size())
                  : DocumentWrite.Outcome.DUPLICATE;
            });
  }

  private List<DocumentWrite> inserts(List<Task> created) {
    return created.stream().map(task -> tasks.inserting(task.id(), task)).toList();
  }

  /** Announces tasks that were inserted by another write. */
  public void inserted(List<Task> created) {
    created.forEach(task -> announce(new VersionedEntity<>(task, 1)));
  }

  private void announceNew(List<Task> created, List<DocumentWrite.Outcome> outcomes) {
    for (int i = 0; i < created.size(); i++) {
      if (outcomes.get(i) == DocumentWrite.Outcome.DONE) {
        announce(new VersionedEntity<>(created.get(i), 1));
      }
    }
  }

  /** The task as it is in the store. */
  public Future<VersionedEntity<Task>> read(String taskId) {
    return tasks.get(taskId).onSuccess(latest::put);
  }

  /** Applies the facts to what the store has, {@value #MAX_TRIES} times at most. */
  private CompareAndSetLoop<TaskMove> loop(TaskMove move) {
    String id = move.next().id();
    return new CompareAndSetLoop<>(
        "task " + id, MAX_TRIES, () -> read(id).map(stored -> TaskMove.of(stored, move.facts())));
  }

  /** Stores a move; empty when somebody has changed the task since. */
  private Future<Optional<List<TransitionOutcome>>> store(TaskMove move) {
    String id = move.next().id();
    return move.changes()
        ? tasks
            .replace(id, move.from(), move.next())
            .onFailure(e -> latest.forget(id))
            .map(outcome -> settled(move, outcome))
        : Future.succeededFuture(Optional.of(move.outcomes()));
  }

  private Optional<List<TransitionOutcome>> settled(TaskMove move, DocumentWrite.Outcome outcome) {
    if (outcome != DocumentWrite.Outcome.DONE) {
      return Optional.empty();
    }
    announce(new VersionedEntity<>(move.next(), move.from().version() + 1));
    return Optional.of(move.outcomes());
  }

  /** A write failed: nobody knows what the store has now. */
  public void forget(String taskId) {
    latest.forget(taskId);
  }

  private void announce(VersionedEntity<Task> task) {
    latest.put(task);
    ChangeFeed.announce(vertx, new TaskChanged(task.value(), task.version()));
  }
}
