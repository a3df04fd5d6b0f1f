package io.cta.agent.journal;

import io.cta.message.TaskRun;

/**
 * A line of a task's journal; one of the fields is set.
 *
 * @param accepted the first line: the attempt as it was taken
 * @param event something to tell the server
 * @param step progress
 * @param events how many events, from the first, the server has confirmed
 * @param logs how many chunks of output it has confirmed
 */
record Line(TaskRun accepted, Event event, Step step, Integer events, Integer logs) {
  static Line accepted(TaskRun run) {
    return new Line(run, null, null, null, null);
  }

  static Line event(Event event) {
    return new Line(null, event, null, null, null);
  }

  static Line step(Step step) {
    return new Line(null, null, step, null, null);
  }

  static Line events(int confirmed) {
    return new Line(null, null, null, confirmed, null);
  }

  static Line logs(int confirmed) {
    return new Line(null, null, null, null, confirmed);
  }
}
