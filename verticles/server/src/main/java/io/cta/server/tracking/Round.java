package io.cta.server.tracking;

import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.FailureStreak;
import io.cta.error.ServiceFailure;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.Phase;
import io.cta.state.Step;
import io.cta.state.TaskFact;
import io.cta.time.Ticker;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  private static final long COUNT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final FailureStreak failures = new FailureStreak("the processing of agents' events");
  private final TaskWriter writer;
  private final Admission admission;
  private final Recording recording;
  private final Folds folds;
  private final Counting counting;
  private final Answers answers;
  private final Recount recount;
  private final Ticker ticker;
  private final Consumer<String> later;

  /**
   * @param later takes the id of a task that must be looked at again soon
   */
  Round(
      TaskWriter writer,
      Recording recording,
      Folds folds,
      MachineNames names,
      Answers answers,
      Recount recount,
      Ticker ticker,
      Consumer<String> later) {
    this.writer = writer;
    this.admission = new Admission(writer, names, answers, recount);
    this.recount = recount;
    this.recording = recording;
    this.folds = folds;
    this.counting = new Counting(folds, recording, names);
    this.answers = answers;
    this.ticker = ticker;
    this.later = later;
  }

  /** Never fails: what goes wrong is said to whoever waits for the event. */
  Future<Void> work(List<Visit> visits, Instant now) {
    return each(visits, visit -> admission.admit(visit, now))
        .compose(admitted -> recorded(admitted, now))
        .compose(recorded -> each(recorded, this::lookAgain))
        .compose(certain -> each(certain, visit -> move(visit, now)))
        .map(
            moved -> {
              moved.forEach(Visit::succeed);
              if (!moved.isEmpty()) {
                failures.succeeded();
              }
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

  /**
   * Another node may have ended the attempt while this one stored its statuses, and have counted
   * without them. From here on the visit knows the task as it was after they were stored.
   */
  private Future<Void> lookAgain(Visit visit) {
    if (!folds.shared() || visit.statuses.isEmpty()) {
      return Future.succeededFuture();
    }
    return writer
        .read(visit.taskId)
        .compose(
            stored -> {
              visit.task = stored.value();
              boolean taken = visit.task.token() == null && Phase.of(visit.task) == Phase.ENDED;
              return taken ? Recount.tooEarly(visit.taskId) : Future.succeededFuture();
            });
  }

  private Future<Void> move(Visit visit, Instant now) {
    Task expected = visit.expected();
    if (expected.state().terminal()) {
      Future<Void> counted =
          visit.statuses.isEmpty() ? Future.succeededFuture() : recount.of(visit.taskId, now);
      return counted.compose(v -> write(visit, visit.facts()));
    }
    boolean ended = Phase.of(expected) == Phase.ENDED;
    if (visit.statuses.isEmpty() && !visit.looked && !ended) {
      return write(visit, visit.facts());
    }
    return counting
        .of(visit, expected, now)
        .compose(
            fold -> {
              List<TaskFact> facts = visit.facts();
              if (ended || visit.looked || fold.countDue(ticker.nanos(), COUNT_EVERY_NANOS)) {
                fold.countedAt(ticker.nanos());
                facts.add(fold.counted(expected, now));
              } else {
                later.accept(visit.taskId);
              }
              return write(visit, facts);
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
        answers.refuse(visit.words.get(i).delivery().arrival(), refused.why());
      } else if (step instanceof Step.Moved moved && moved.task().state().terminal()) {
        folds.forget(visit.taskId);
      }
      if (i < visit.words.size()
          && visit.words.get(i).delivery().arrival() instanceof Arrival.Asked asked
          && !(step instanceof Step.Refused)) {
        answer(asked);
      }
    }
    return null;
  }

  private void answer(Arrival.Asked asked) {
    writer
        .get(asked.taskId())
        .onSuccess(stored -> answers.answer(asked, stored.value()))
        .onFailure(e -> log.info("not answered [task: {}]", asked.taskId(), e));
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
      log.debug("events not processed [task: {}]", visit.taskId, cause);
      failures.failed(cause);
      if (visit.looked) {
        later.accept(visit.taskId);
      }
    }
    visit.fail(cause);
  }
}
