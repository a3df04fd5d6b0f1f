package io.cta.server.tracking;

import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.Phase;
import io.cta.state.Step;
import io.cta.state.TaskFact;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over what has come: admit, store statuses and output with one write, then move each task
 * with one write. Only one pass of a partition is under way at a time. Event loop of its verticle
 * only.
 */
final class Round {
  private static final Logger log = LoggerFactory.getLogger(Round.class);

  /** Counts of a running task are for people; so often they see new ones. */
  private static final long COUNT_EVERY_MS = 250;

  private final TaskWriter writer;
  private final Admission admission;
  private final Recording recording;
  private final Folds folds;
  private final MachineNames names;
  private final StaleAttempts stale;
  private final Consumer<String> later;

  /**
   * @param later takes the id of a task that must be looked at again soon
   */
  Round(
      TaskWriter writer,
      Recording recording,
      Folds folds,
      MachineNames names,
      StaleAttempts stale,
      Consumer<String> later) {
    this.writer = writer;
    this.admission = new Admission(writer, names, stale);
    this.recording = recording;
    this.folds = folds;
    this.names = names;
    this.stale = stale;
    this.later = later;
  }

  /** Never fails: what goes wrong is said to whoever waits for the event. */
  Future<Void> work(List<Visit> visits, Instant now) {
    return each(visits, visit -> admission.admit(visit, now))
        .compose(admitted -> recorded(admitted, now))
        .compose(recorded -> each(recorded, visit -> move(visit, now)))
        .map(
            moved -> {
              moved.forEach(Visit::succeed);
              return null;
            });
  }

  private Future<List<Visit>> recorded(List<Visit> visits, Instant now) {
    return recording
        .record(visits, now)
        .map(visits)
        .recover(
            e -> {
              visits.forEach(visit -> failed(visit, e));
              return Future.succeededFuture(List.of());
            });
  }

  private Future<Void> move(Visit visit, Instant now) {
    Task expected = visit.expected();
    boolean ended = Phase.of(expected) == Phase.ENDED;
    boolean nothingToCount = visit.statuses.isEmpty() && !visit.looked && !ended;
    if (nothingToCount || expected.state().terminal()) {
      return write(visit, visit.facts());
    }
    return folds
        .get(visit.taskId)
        .compose(
            fold ->
                ended && (visit.looked || folds.shared())
                    ? certain(visit, expected, fold)
                    : done(fold))
        .compose(
            fold -> {
              visit.statuses.forEach(fold.statuses::add);
              return fill(expected, fold, now).map(fold);
            })
        .compose(
            fold -> {
              List<TaskFact> facts = visit.facts();
              if (ended || visit.looked || fold.countDue(now, COUNT_EVERY_MS)) {
                facts.add(fold.counted(expected, now));
              } else {
                later.accept(visit.taskId);
              }
              return write(visit, facts);
            });
  }

  /** Before an attempt is closed without all of its statuses, the store is asked for them. */
  private Future<Fold> certain(Visit visit, Task task, Fold fold) {
    if (fold.arrived(task) && task.token() != null) {
      return done(fold);
    }
    folds.forget(visit.taskId);
    return folds.get(visit.taskId);
  }

  private Future<Void> fill(Task task, Fold fold, Instant now) {
    List<String> gaps = fold.gaps(task);
    if (gaps.isEmpty()) {
      return Future.succeededFuture();
    }
    return names
        .get(task.machineId())
        .map(name -> Statuses.missing(task, gaps, name, now))
        .compose(
            missing -> {
              missing.forEach(fold.statuses::add);
              return recording.record(missing);
            });
  }

  private Future<Void> write(Visit visit, List<TaskFact> facts) {
    if (facts.isEmpty()) {
      return Future.succeededFuture();
    }
    return writer.apply(visit.taskId, facts).map(steps -> applied(visit, steps));
  }

  private Void applied(Visit visit, List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (step instanceof Step.Refused refused && i < visit.words.size()) {
        stale.refuse(visit.words.get(i).delivery().arrival(), refused.why());
      } else if (step instanceof Step.Moved moved && moved.task().state().terminal()) {
        folds.forget(visit.taskId);
      }
    }
    return null;
  }

  private interface Part {
    Future<Void> of(Visit visit);
  }

  /** Does the part for all and answers those that it succeeded for. */
  private Future<List<Visit>> each(List<Visit> visits, Part part) {
    List<Future<Void>> parts = new ArrayList<>();
    for (Visit visit : visits) {
      parts.add(
          part.of(visit)
              .recover(
                  e -> {
                    failed(visit, e);
                    return Future.succeededFuture();
                  }));
    }
    return Future.join(parts).map(all -> visits.stream().filter(visit -> !visit.failed()).toList());
  }

  private void failed(Visit visit, Throwable cause) {
    folds.forget(visit.taskId);
    if (cause instanceof ServiceFailure known && known.code() == ErrorCode.NOT_FOUND) {
      log.warn("event of an unknown task [task: {}]", visit.taskId);
    } else {
      log.warn("events not processed [task: {}]", visit.taskId, cause);
      if (visit.looked) {
        later.accept(visit.taskId);
      }
    }
    visit.fail(cause);
  }

  private static Future<Fold> done(Fold fold) {
    return Future.succeededFuture(fold);
  }
}
