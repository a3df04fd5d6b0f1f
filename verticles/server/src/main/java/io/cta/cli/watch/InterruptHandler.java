package io.cta.cli.watch;

import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Handles an interrupt of the command that waits for an execution: cancels the execution if so
 * configured, else says that it goes on. {@link #run} runs on the interrupt's own thread; the
 * command's thread, which goes on meanwhile, calls everything else.
 *
 * <p>An interrupt while the execution is being started waits for the answer, so that it is known
 * whether something was started. One that comes earlier prevents the start. When the wait ends for
 * any other reason, a failure included, the execution is left alone.
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
  private final Consumer<String> printer;
  private final Thread hook = new Thread(this, "interrupt");
  private final CountDownLatch answered = new CountDownLatch(1);
  private Phase phase = Phase.NOTHING_SENT;
  private boolean interrupted;
  private String id;

  /**
   * @param cancels false to let the execution go on
   * @param patience how long an interrupt waits for the answer to the start request
   * @param cancel cancels the execution with this id, or says why it cannot
   * @param printer prints a line for people
   */
  public InterruptHandler(
      boolean cancels, Duration patience, Consumer<String> cancel, Consumer<String> printer) {
    this.cancels = cancels;
    this.patience = patience;
    this.cancel = cancel;
    this.printer = printer;
  }

  /** Listens from now on to what ends the process: Ctrl-C, TERM, a terminal that closes. */
  public InterruptHandler listening() {
    Runtime.getRuntime().addShutdownHook(hook);
    return this;
  }

  /** Call before the start request is sent; fails when there was an interrupt already. */
  public synchronized void sending() {
    if (interrupted) {
      throw new CliFailure(ExitCode.STILL_RUNNING, "interrupted; nothing was started");
    }
    phase = Phase.SENT;
  }

  public synchronized void started(String executionId) {
    id = executionId;
    phase = Phase.STARTED;
    answered.countDown();
  }

  @Override
  public void run() {
    Phase last = phaseAfterAnswer();
    if (last == Phase.SENT) {
      printer.accept("it is not known whether it was started; look with: cta executions");
    } else if (last == Phase.STARTED && cancels) {
      cancel.accept(id);
    } else if (last == Phase.STARTED) {
      printer.accept("execution " + id + " goes on; cancel it with: cta cancel " + id);
    }
  }

  /** Waits for the answer to a start request that was sent, and returns the phase. */
  private Phase phaseAfterAnswer() {
    synchronized (this) {
      interrupted = true;
      if (phase != Phase.SENT) {
        return phase;
      }
    }
    try {
      answered.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      return phase;
    }
  }

  /** The wait is over: an interrupt does nothing any more. */
  @Override
  public void close() {
    synchronized (this) {
      phase = Phase.OVER;
      answered.countDown();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending by an interrupt, whose thread finds nothing to do
    }
  }
}
