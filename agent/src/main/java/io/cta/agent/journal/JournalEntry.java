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
record JournalEntry(
    TaskRun accepted, AttemptEvent event, StageProgress step, Integer events, Integer logs) {
  static JournalEntry accepted(TaskRun run) {
    return new JournalEntry(run, null, null, null, null);
  }

  static JournalEntry event(AttemptEvent event) {
    return new JournalEntry(null, event, null, null, null);
  }

  static JournalEntry step(StageProgress step) {
    return new JournalEntry(null, null, step, null, null);
  }

  static JournalEntry events(int confirmed) {
    return new JournalEntry(null, null, null, confirmed, null);
  }

  static JournalEntry logs(int confirmed) {
    return new JournalEntry(null, null, null, null, confirmed);
  }
}
