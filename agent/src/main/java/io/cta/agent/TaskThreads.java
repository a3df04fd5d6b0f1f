package io.cta.agent;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates the threads that run attempts and read their processes; each is busy as long as its
 * attempt or process runs.
 */
final class TaskThreads {
  /** One for the attempt, one that reads its process, one for its stop script, and one spare. */
  private static final int PER_SLOT = 4;

  private TaskThreads() {}

  static Executor create(int slots) {
    AtomicInteger numbers = new AtomicInteger();
    // recovered attempts may run in addition to those of all slots
    int most = 64 + PER_SLOT * slots;
    return new ThreadPoolExecutor(
        0,
        most,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "cta-task-" + numbers.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
