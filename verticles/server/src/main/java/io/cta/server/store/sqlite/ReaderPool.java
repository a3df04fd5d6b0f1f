package io.cta.server.store.sqlite;

import io.cta.error.FailureLogLimiter;
import io.cta.error.ServiceFailure;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs reads on a few threads, each with a connection. Refuses requests when their queue is full.
 */
final class ReaderPool {
  private static final Logger log = LoggerFactory.getLogger(ReaderPool.class);

  private final SqliteSettings settings;
  private final FailureLogLimiter failures = new FailureLogLimiter("reading the store");
  private final ThreadPoolExecutor threads;
  private final BlockingQueue<SqliteSession> idle;

  ReaderPool(SqliteSettings settings) {
    this.settings = settings;
    AtomicInteger number = new AtomicInteger();
    idle = new ArrayBlockingQueue<>(settings.readers());
    threads =
        new ThreadPoolExecutor(
            settings.readers(),
            settings.readers(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.queue()),
            work -> {
              Thread thread = new Thread(work, "cta-store-reader-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** False when too many wait already, or the readers are closed. */
  boolean offer(SqliteRequest<?> sqliteRequest) {
    try {
      threads.execute(() -> run(sqliteRequest));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Ends after the requests that have arrived; runs {@code closed} on another thread. */
  void close(Runnable closed) {
    Thread end = new Thread(() -> end(closed), "cta-store-closer");
    end.setDaemon(true);
    end.start();
  }

  private void run(SqliteRequest<?> sqliteRequest) {
    try {
      // as many connections as threads: one is idle, or still to be opened
      SqliteSession session = idle.poll();
      if (session == null) {
        session = SqliteSession.reader(settings);
      }
      try {
        sqliteRequest.run(session);
        failures.succeeded();
      } finally {
        idle.add(session);
      }
    } catch (Throwable e) {
      // whatever it is, the caller is told
      if (!(e instanceof ServiceFailure)) {
        failures.failed(e);
      }
      sqliteRequest.failed(e);
    }
    sqliteRequest.settleOnContext();
  }

  private void end(Runnable closed) {
    threads.shutdown();
    try {
      threads.awaitTermination(30, TimeUnit.SECONDS);
      for (SqliteSession session = idle.poll(); session != null; session = idle.poll()) {
        session.close();
      }
    } catch (InterruptedException | SQLException e) {
      log.warn("store readers did not close cleanly", e);
    }
    closed.run();
  }
}
