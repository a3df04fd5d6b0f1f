package io.cta.server.tracking;

import io.cta.domain.Task;
import io.cta.state.Phase;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** Brings the fold of a visited task up to its count. Event loop of its verticle only. */
final class Counting {
  private final Folds folds;
  private final Recording recording;
  private final MachineNames names;

  Counting(Folds folds, Recording recording, MachineNames names) {
    this.folds = folds;
    this.recording = recording;
    this.names = names;
  }

  /**
   * The fold with what the visit brought, and, when the task is about to be over, with the server's
   * own statuses for what nobody spoke of; those are stored by then.
   *
   * @param task as it will be once the visit's words are applied
   */
  Future<Fold> of(Visit visit, Task task, Instant now) {
    return certain(visit, task)
        .compose(
            fold -> {
              visit.statuses.forEach(fold.statuses::add);
              return fill(task, fold, now).map(fold);
            });
  }

  /**
   * Before an attempt is closed without all of its statuses the store is asked for them; where
   * others store statuses of the task too, in any case.
   */
  private Future<Fold> certain(Visit visit, Task task) {
    boolean closing = Phase.of(task) == Phase.ENDED;
    if (closing && folds.shared()) {
      return anew(visit);
    }
    return folds
        .get(visit.taskId)
        .compose(
            fold -> {
              boolean whole = fold.arrived(task) && task.token() != null;
              return closing && visit.looked && !whole ? anew(visit) : Future.succeededFuture(fold);
            });
  }

  private Future<Fold> anew(Visit visit) {
    folds.forget(visit.taskId);
    return folds.get(visit.taskId);
  }

  private Future<Void> fill(Task task, Fold fold, Instant now) {
    if (!fold.closing(task)) {
      return Future.succeededFuture();
    }
    List<String> missing = fold.missing(task);
    List<String> interrupted = fold.interrupted(task);
    if (missing.isEmpty() && interrupted.isEmpty()) {
      return Future.succeededFuture();
    }
    return names
        .get(task.machineId())
        .map(name -> new StandInStatuses(task, name, now).of(missing, interrupted))
        .compose(
            standIns -> {
              standIns.forEach(fold.statuses::add);
              return recording.record(standIns);
            });
  }
}
