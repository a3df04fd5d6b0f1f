package io.cta.server.tracking;

import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.state.Step;
import io.cta.state.TaskFact;
import io.cta.state.TaskMachine;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** All that has come for one task since it was worked on last. Event loop of its verticle only. */
final class Visit {
  /** An event and whoever waits for it to be stored. */
  record Delivery(Arrival arrival, Promise<Void> settled) {}

  /** A fact out of a delivery. */
  record Word(Delivery delivery, TaskFact fact) {}

  final String taskId;
  final List<Delivery> deliveries = new ArrayList<>();
  final List<Word> words = new ArrayList<>();
  final List<Status> statuses = new ArrayList<>();

  /** True when the task itself gives reason to look at it: it ended, or its counts are behind. */
  boolean looked;

  /** The task as it was when this visit began; null until it is admitted. */
  Task task;

  private boolean failed;

  Visit(String taskId) {
    this.taskId = taskId;
  }

  /** What the task will be once the words are applied, if nobody comes between. */
  Task expected() {
    Task expected = task;
    for (Word word : words) {
      if (TaskMachine.apply(expected, word.fact()) instanceof Step.Moved moved) {
        expected = moved.task();
      }
    }
    return expected;
  }

  List<TaskFact> facts() {
    List<TaskFact> facts = new ArrayList<>();
    words.forEach(word -> facts.add(word.fact()));
    return facts;
  }

  void succeed() {
    deliveries.forEach(d -> d.settled().tryComplete());
  }

  void fail(Throwable cause) {
    failed = true;
    deliveries.forEach(d -> d.settled().tryFail(cause));
  }

  boolean failed() {
    return failed;
  }
}
