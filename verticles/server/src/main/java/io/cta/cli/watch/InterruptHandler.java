package io.cta.cli.watch;

import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What becomes of an execution when the command that waits for it is interrupted: it is cancelled
 * if so wished, else it goes on and that is said. {@link #run} is the interrupt's own thread;
 * everything else is called by the command's, which goes on meanwhile.
 *
 * <p>An interrupt that comes while the execution is being started waits to hear of it, so that
 * either nothing was started or what was started is known. One that comes before keeps it from
 * being started; an end of the wait for any other reason, a failure included, leaves the execution
 * alone.
 */
public final class InterruptHandler implements Runnable, AutoCloseable {
  private enum Phase {
    NOTHING_SENT,
    SENT,
    STARTED,
    OVER
  }

  private final boolean cancels;
  private final Duration patience;
  private final Consumer<String> cancel;
  private final Consumer<String> told;
  private final Thread hook = new Thread(this, "interrupt");
  private final CountDownLatch known = new CountDownLatch(1);
  private Phase phase = Phase.NOTHING_SENT;
  private boolean interrupted;
  private String id;

  /**
   * @param cancels false to let the execution go on
   * @param patience how long an interrupt waits for the answer to the request that starts it
   * @param cancel ends the execution with this id, or says why it cannot
   * @param told takes a line for people
   */
  public InterruptHandler(
      boolean cancels, Duration patience, Consumer<String> cancel, Consumer<String> told) {
    this.cancels = cancels;
    this.patience = patience;
    this.cancel = cancel;
    this.told = told;
  }

  /** Listens from now on to what ends the process: Ctrl-C, TERM, the terminal that goes. */
  public InterruptHandler listening() {
    Runtime.getRuntime().addShutdownHook(hook);
    return this;
  }

  /** To be called before anything is sent; fails when there was an interrupt already. */
  public synchronized void sending() {
    if (interrupted) {
      throw new CliFailure(ExitCode.STILL_RUNNING, "interrupted; nothing was started");
    }
    phase = Phase.SENT;
  }

  public synchronized void started(String executionId) {
    id = executionId;
    phase = Phase.STARTED;
    known.countDown();
  }

  @Override
  public void run() {
    Phase seen = settled();
    if (seen == Phase.SENT) {
      told.accept("it is not known whether it was started; look with: cta executions");
    } else if (seen == Phase.STARTED && cancels) {
      cancel.accept(id);
    } else if (seen == Phase.STARTED) {
      told.accept("execution " + id + " goes on; cancel it with: cta cancel " + id);
    }
  }

  /** The phase once no answer is awaited any more. */
  private Phase settled() {
    synchronized (this) {
      interrupted = true;
      if (phase != Phase.SENT) {
        return phase;
      }
    }
    try {
      known.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      return phase;
    }
  }

  /** The wait is over: an interrupt means nothing any more. */
  @Override
  public void close() {
    synchronized (this) {
      phase = Phase.OVER;
      known.countDown();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process ends by an interrupt, and its thread has seen that there is nothing to do
    }
  }
}
