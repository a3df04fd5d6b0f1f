package io.cta.agent.run;

import io.cta.agent.journal.StageProgress;
import io.cta.domain.Test;
import io.cta.message.TaskRun;
import java.util.Optional;

/** Where in a task to begin: at a stage of a test. */
public record StagePosition(int test, int stage) {
  public static final StagePosition START = new StagePosition(0, 0);

  /**
   * Behind everything: no test runs any more, but files that tests left behind are still to be
   * sent.
   */
  public static final StagePosition OVER = new StagePosition(Integer.MAX_VALUE, 0);

  /**
   * Where to go on after the agent died: behind the last stage that began, if its test is
   * resumable. A test whose stages all began is not run again; only its result is determined.
   */
  public static Optional<StagePosition> after(TaskRun run, StageProgress last) {
    if (last == null || last.test() >= run.tests().size()) {
      return Optional.empty();
    }
    Test test = run.tests().get(last.test());
    return test.resumable()
        ? Optional.of(new StagePosition(last.test(), last.stage() + 1))
        : Optional.empty();
  }
}
