package io.cta.agent.journal;

/**
 * How far an attempt has come: stage {@code stage} of test {@code test} was started, or has ended.
 *
 * @param pid of the stage's first process, 0 when it has ended
 * @param startedAt start of that process in epoch milliseconds, as the platform tells it
 * @param ended true once the stage is over
 */
public record StageProgress(int test, int stage, long pid, long startedAt, boolean ended) {
  public static StageProgress started(int test, int stage, long pid, long startedAt) {
    return new StageProgress(test, stage, pid, startedAt, false);
  }

  public static StageProgress ended(int test, int stage) {
    return new StageProgress(test, stage, 0, 0, true);
  }
}
