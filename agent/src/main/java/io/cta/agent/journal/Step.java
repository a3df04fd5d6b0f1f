package io.cta.agent.journal;

/**
 * How far an attempt has come: stage {@code stage} of test {@code test} was started, or has ended.
 *
 * @param pid of the stage's first process, 0 when it has ended
 * @param startedAt of that process, epoch milliseconds as the platform tells them
 * @param ended true once the stage is over
 */
public record Step(int test, int stage, long pid, long startedAt, boolean ended) {
  public static Step started(int test, int stage, long pid, long startedAt) {
    return new Step(test, stage, pid, startedAt, false);
  }

  public static Step ended(int test, int stage) {
    return new Step(test, stage, 0, 0, true);
  }
}
