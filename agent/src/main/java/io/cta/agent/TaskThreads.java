package io.cta.agent;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that stay with an attempt or a process for as long as it runs. */
final class TaskThreads {
  /** The attempt's own, one that reads its process, one for its stop script, and one spare. */
  private static final int PER_SLOT = 4;

  private TaskThreads() {}

  static Executor create(int slots) {
    AtomicInteger numbers = new AtomicInteger();
    // attempts of before a restart may run beside those of all slots
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
