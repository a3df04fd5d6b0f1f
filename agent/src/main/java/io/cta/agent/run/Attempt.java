package io.cta.agent.run;

import io.cta.agent.journal.Key;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.output.Spool;
import io.cta.agent.process.Owner;
import io.cta.message.TaskRun;

/** One attempt of a task with all that is its own. */
public record Attempt(TaskRun run, TaskJournal journal, Spool spool, Stop stop) {
  public Key key() {
    return Key.of(run);
  }

  Owner owner() {
    return new Owner(run.taskId(), run.attempt());
  }
}
