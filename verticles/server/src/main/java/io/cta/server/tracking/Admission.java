package io.cta.server.tracking;

import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.error.ServiceFailure;
import io.cta.server.tasks.TaskWriter;
import io.cta.server.tracking.Visit.Delivery;
import io.cta.server.tracking.Visit.Word;
import io.cta.state.Phase;
import io.cta.state.TaskFact;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/**
 * Decides which of a visit's events are of the task's current attempt. Events of another attempt
 * count as processed, their agent is told to stop. Event loop of its verticle only.
 */
final class Admission {
  private final TaskWriter writer;
  private final MachineNames names;
  private final Answers answers;
  private final Recount recount;

  Admission(TaskWriter writer, MachineNames names, Answers answers, Recount recount) {
    this.writer = writer;
    this.names = names;
    this.answers = answers;
    this.recount = recount;
  }

  /** Sorts the deliveries; what is refused is settled. Fails when the task cannot be had. */
  Future<Void> admit(Visit visit, Instant now) {
    return writer
        .get(visit.taskId)
        .compose(
            known ->
                visit.deliveries.stream().allMatch(d -> current(known.value(), d.arrival()))
                    ? Future.succeededFuture(known)
                    : writer.read(visit.taskId))
        .compose(
            stored -> {
              visit.task = stored.value();
              Future<Void> sorted = Future.succeededFuture();
              for (Delivery delivery : visit.deliveries) {
                sorted = sorted.compose(v -> sort(visit, delivery, now));
              }
              return sorted;
            });
  }

  private Future<Void> sort(Visit visit, Delivery delivery, Instant now) {
    Arrival arrival = delivery.arrival();
    Task task = visit.task;
    if (!arrival.executionId().equals(task.executionId())) {
      delivery.settled().fail(ServiceFailure.invalid("executionId", "is not that of the task"));
    } else if (arrival instanceof Arrival.Said said) {
      visit.words.add(new Word(delivery, said.fact().apply(now))); // the machine refuses strangers
    } else if (arrival instanceof Arrival.Asked asked) {
      visit.words.add(new Word(delivery, asked.acked(now)));
    } else if (arrival instanceof Arrival.Declined declined) {
      if (current(task, arrival) && Phase.of(visit.expected()) == Phase.RELEASED) {
        String reason = declined.reason() == null ? "declined" : declined.reason();
        TaskFact fact =
            new TaskFact.Declined(task.attempt(), task.token(), declined.machineId(), reason, now);
        visit.words.add(new Word(delivery, fact));
      }
    } else if (!current(task, arrival)) {
      answers.refuse(arrival, "the attempt is no longer the task's own");
      return refused(visit.task, delivery, now);
    } else if (arrival instanceof Arrival.Reported reported) {
      return report(visit, delivery, reported, now);
    }
    return Future.succeededFuture();
  }

  private Future<Void> refused(Task task, Delivery delivery, Instant now) {
    Future<Void> counted =
        delivery.arrival() instanceof Arrival.Reported report
            ? recount.late(task, report, now)
            : Future.succeededFuture();
    return counted.transform(
        done -> {
          if (done.succeeded()) {
            delivery.settled().complete();
          } else {
            delivery.settled().fail(done.cause());
          }
          return Future.succeededFuture();
        });
  }

  private Future<Void> report(
      Visit visit, Delivery delivery, Arrival.Reported reported, Instant now) {
    List<String> known = visit.task.testIds();
    for (int i = 0; i < reported.batch().statuses().size(); i++) {
      String testId = reported.batch().statuses().get(i).testId();
      if (!known.contains(testId)) {
        String field = "statuses[" + i + "].testId";
        delivery.settled().fail(ServiceFailure.invalid(field, "is no test of the task: " + testId));
        return Future.succeededFuture();
      }
    }
    return names
        .get(reported.machineId())
        .map(
            name -> {
              List<Status> statuses = Statuses.of(reported.batch(), name, now);
              visit.statuses.addAll(statuses);
              return null;
            });
  }

  private static boolean current(Task task, Arrival a) {
    return a.attempt() == task.attempt()
        && a.token().equals(task.token())
        && (task.machineId() == null
            || a.machineId() == null
            || a.machineId().equals(task.machineId()));
  }
}
