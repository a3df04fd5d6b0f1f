package io.cta.server.store.sqlite;

import io.cta.error.FailureStreak;
import io.cta.error.ServiceFailure;
import io.vertx.core.Context;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Takes everything that has arrived, does it in one transaction and
 * tells the callers after the commit. A transaction that fails is undone and each of its jobs done
 * again alone, so that one bad job fails only itself.
 */
final class GroupWriter {
  private static final Logger log = LoggerFactory.getLogger(GroupWriter.class);
  private static final int GROUP = 1024;

  /** After so long without a write the log is folded into the file. */
  private static final long IDLE_SECONDS = 10;

  private final SqliteSettings settings;
  private final BlockingQueue<Job<?>> queue;
  private final Thread thread;
  private final Runnable ended;
  private final FileGuard guard;
  private final LogMark mark;
  private final FailureStreak failures = new FailureStreak("writing to the store");
  private volatile boolean closing;
  private volatile boolean drained;
  private Session session;

  /**
   * @param ended told on the writer's thread when it has closed its connection
   */
  GroupWriter(SqliteSettings settings, Runnable ended) {
    this.settings = settings;
    this.ended = ended;
    guard = new FileGuard(settings.file());
    mark = new LogMark(settings.file());
    queue = new ArrayBlockingQueue<>(settings.queue());
    thread = new Thread(this::run, "cta-store-writer");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** False when too many wait already, or the writer is closing. */
  boolean offer(Job<?> job) {
    if (closing || !queue.offer(job)) {
      return false;
    }
    // the writer may have ended in between; then nobody else will take it
    return !drained || !queue.remove(job);
  }

  /** Lets the writer finish what has arrived, then end. */
  void close() {
    closing = true;
    thread.interrupt();
  }

  private void run() {
    List<Job<?>> group = new ArrayList<>(GROUP);
    while (next(group)) {
      carryOut(group);
    }
    drained = true;
    // what came in after the last look and before the line above
    queue.drainTo(group);
    carryOut(group);
    fold();
    closeSession();
    guard.release();
    ended.run();
  }

  private void carryOut(List<Job<?>> group) {
    if (!group.isEmpty()) {
      commit(group);
      settle(group);
      group.clear();
    }
  }

  private boolean next(List<Job<?>> group) {
    try {
      Job<?> first = closing ? queue.poll() : queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
      if (first == null && closing) {
        return false;
      }
      if (first == null) {
        fold();
        return true;
      }
      group.add(first);
    } catch (InterruptedException e) {
      // only close() interrupts
      return next(group);
    }
    queue.drainTo(group, GROUP - 1);
    return true;
  }

  private void commit(List<Job<?>> group) {
    try {
      transaction(group);
    } catch (Throwable e) {
      // whatever it is, the callers are told and the next group has its turn
      if (group.size() == 1) {
        if (!(e instanceof ServiceFailure)) {
          failures.failed(e); // else it is no fault of the store
        }
        group.get(0).failed(e);
        return;
      }
      log.debug("group of writes failed, doing each alone [jobs: {}]", group.size(), e);
      group.forEach(job -> commit(List.of(job)));
    }
  }

  private void transaction(List<Job<?>> group) throws SQLException {
    open();
    try {
      for (Job<?> job : group) {
        job.run(session);
      }
      session.commit();
      failures.succeeded();
    } catch (Throwable e) {
      undo();
      throw e;
    }
  }

  private void open() throws SQLException {
    if (session == null) {
      guard.acquire();
      mark.check();
      session = Session.writer(settings);
    }
    mark.set(session);
  }

  /** Nothing is written for now: whoever copies the file alone has all of it. */
  private void fold() {
    try {
      if (session != null) {
        mark.clear(session);
      }
    } catch (SQLException e) {
      log.debug("the log is not folded into the file yet", e);
    }
  }

  /** Back to before the transaction; with a new connection if this one cannot. */
  private void undo() {
    try {
      session.rollback();
    } catch (SQLException e) {
      // a full disk ends the transaction by itself: the failure that counts is the one before
      log.debug("store connection given up", e);
      closeSession();
    }
  }

  private void closeSession() {
    try {
      if (session != null) {
        session.close();
      }
    } catch (SQLException e) {
      log.warn("store did not close cleanly", e);
    }
    session = null;
  }

  private static void settle(List<Job<?>> group) {
    Map<Context, List<Job<?>>> byContext = new IdentityHashMap<>();
    for (Job<?> job : group) {
      byContext.computeIfAbsent(job.context(), c -> new ArrayList<>()).add(job);
    }
    byContext.forEach((context, jobs) -> context.runOnContext(v -> jobs.forEach(Job::settle)));
  }
}
