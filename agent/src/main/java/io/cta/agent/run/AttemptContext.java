package io.cta.agent.run;

import io.cta.agent.journal.TaskJournal;
import io.cta.agent.output.OutputSpool;
import io.cta.agent.process.ProcessOwner;
import io.cta.domain.AttemptRef;
import io.cta.message.TaskRun;

/** One attempt of a task with its journal, its output and its stop request. */
public record AttemptContext(
    TaskRun run, TaskJournal journal, OutputSpool spool, StopRequest stop) {
  public AttemptRef key() {
    return run.ref();
  }

  ProcessOwner owner() {
    return new ProcessOwner(run.taskId(), run.attempt());
  }
}
