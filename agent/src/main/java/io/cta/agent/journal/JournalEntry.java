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
 * @param artifact a file to send to the server
 * @param settled index of an artifact that is sent, or given up
 * @param warning what is no result of a test, but somebody should know
 */
record JournalEntry(
    TaskRun accepted,
    AttemptEvent event,
    StageProgress step,
    Integer events,
    Integer logs,
    StagedArtifact artifact,
    Integer settled,
    String warning) {
  static JournalEntry accepted(TaskRun run) {
    return new JournalEntry(run, null, null, null, null, null, null, null);
  }

  static JournalEntry event(AttemptEvent event) {
    return new JournalEntry(null, event, null, null, null, null, null, null);
  }

  static JournalEntry step(StageProgress step) {
    return new JournalEntry(null, null, step, null, null, null, null, null);
  }

  static JournalEntry events(int confirmed) {
    return new JournalEntry(null, null, null, confirmed, null, null, null, null);
  }

  static JournalEntry logs(int confirmed) {
    return new JournalEntry(null, null, null, null, confirmed, null, null, null);
  }

  static JournalEntry artifact(StagedArtifact artifact) {
    return new JournalEntry(null, null, null, null, null, artifact, null, null);
  }

  static JournalEntry settled(int artifact) {
    return new JournalEntry(null, null, null, null, null, null, artifact, null);
  }

  static JournalEntry warning(String text) {
    return new JournalEntry(null, null, null, null, null, null, null, text);
  }
}
