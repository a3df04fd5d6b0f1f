package io.cta.agent.push;

import io.cta.agent.http.StopCheck;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Pushes files to one place, and what may pass again after growing pauses.
 *
 * @param stop throws once there is no time left
 * @param tally gets what came of it
 */
record TargetPush(OutputTarget target, StopCheck stop, PushTally tally) {
  private static final int MAX_TRIES = 6;
  private static final int MAX_FAILED_FILES = 3;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long STEP_MILLIS = 100;

  void push(List<PushFile> files) throws InterruptedException {
    for (PushFile file : files) {
      if (tally.failed() == MAX_FAILED_FILES) {
        break; // the others would very likely end like that
      }
      try {
        tally.add(tried(() -> target.push(file)));
      } catch (OutOfTime e) {
        target.abandon(file);
        tally.fail(file.name() + ": " + e.getMessage());
        break;
      } catch (IOException e) {
        target.abandon(file);
        tally.fail(file.name() + ": " + PushFailed.text(e));
      }
    }
    if (tally.failed() == 0) {
      finish();
    }
  }

  private void finish() throws InterruptedException {
    try {
      tally.wereThere(tried(target::finish));
    } catch (OutOfTime e) {
      tally.failAll(e.getMessage());
    } catch (IOException e) {
      tally.failAll(PushFailed.text(e));
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T take() throws IOException, InterruptedException;
  }

  private <T> T tried(Step<T> step) throws IOException, InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    for (int tries = 1; ; tries++) {
      stop.check();
      try {
        return step.take();
      } catch (IOException e) {
        boolean mayPass = !(e instanceof PushFailed failed) || failed.isTemporary();
        if (!mayPass || tries == MAX_TRIES) {
          throw e;
        }
      }
      for (long waited = 0; waited < pause; waited += STEP_MILLIS) {
        stop.check();
        TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
      }
      pause *= 2;
    }
  }
}
