package io.cta.agent.run;

import io.cta.agent.journal.AttemptKey;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.output.OutputSpool;
import io.cta.agent.process.ProcessOwner;
import io.cta.message.TaskRun;

/** One attempt of a task with its journal, its output and its stop request. */
public record AttemptContext(
    TaskRun run, TaskJournal journal, OutputSpool spool, StopRequest stop) {
  public AttemptKey key() {
    return AttemptKey.of(run);
  }

  ProcessOwner owner() {
    return new ProcessOwner(run.taskId(), run.attempt());
  }
}
