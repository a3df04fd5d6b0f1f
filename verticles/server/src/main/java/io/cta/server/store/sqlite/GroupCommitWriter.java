package io.cta.server.store.sqlite;

import io.cta.error.FailureLogLimiter;
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
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Takes everything that has arrived, does it in one transaction and
 * tells the callers after the commit. A transaction that fails is undone and each of its jobs done
 * again alone, so that one bad job fails only itself.
 */
final class GroupCommitWriter {
  private static final Logger log = LoggerFactory.getLogger(GroupCommitWriter.class);
  private static final int GROUP = 1024;

  /** From so many jobs in a commit on, the next one waits for more. */
  private static final int BUSY = 4;

  /** How long it waits for each of those jobs, and at most. */
  private static final long GATHER_NANOS = 100_000;

  private static final long MAX_GATHER_NANOS = 1_000_000;

  /** After so long without a write the log is folded into the file. */
  private static final long IDLE_SECONDS = 10;

  private final SqliteSettings settings;
  private final BlockingQueue<SqliteRequest<?>> queue;
  private final Thread thread;
  private final Runnable ended;
  private final StoreFileLock guard;
  private final WalMarker mark;
  private final FailureLogLimiter failures = new FailureLogLimiter("writing to the store");
  private volatile boolean closing;
  private volatile boolean drained;
  private SqliteSession session;
  private int lastSize;

  /**
   * @param ended told on the writer's thread when it has closed its connection
   */
  GroupCommitWriter(SqliteSettings settings, Runnable ended) {
    this.settings = settings;
    this.ended = ended;
    guard = new StoreFileLock(settings.file());
    mark = new WalMarker(settings.file());
    queue = new ArrayBlockingQueue<>(settings.queue());
    thread = new Thread(this::run, "cta-store-writer");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** False when too many wait already, or the writer is closing. */
  boolean offer(SqliteRequest<?> sqliteRequest) {
    if (closing || !queue.offer(sqliteRequest)) {
      return false;
    }
    // the writer may have ended in between; then nobody else will take it
    return !drained || !queue.remove(sqliteRequest);
  }

  /** Lets the writer finish what has arrived, then end. */
  void close() {
    closing = true;
    thread.interrupt();
  }

  private void run() {
    List<SqliteRequest<?>> group = new ArrayList<>(GROUP);
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

  private void carryOut(List<SqliteRequest<?>> group) {
    if (!group.isEmpty()) {
      commit(group);
      settle(group);
      group.clear();
    }
  }

  private boolean next(List<SqliteRequest<?>> group) {
    try {
      SqliteRequest<?> first = closing ? queue.poll() : queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
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
    if (lastSize >= BUSY) {
      // many write at the same time: those who are about to share this commit
      LockSupport.parkNanos(Math.min(MAX_GATHER_NANOS, lastSize * GATHER_NANOS));
      queue.drainTo(group, GROUP - group.size());
    }
    lastSize = group.size();
    return true;
  }

  private void commit(List<SqliteRequest<?>> group) {
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
      group.forEach(sqliteRequest -> commit(List.of(sqliteRequest)));
    }
  }

  private void transaction(List<SqliteRequest<?>> group) throws SQLException {
    open();
    try {
      for (SqliteRequest<?> sqliteRequest : group) {
        sqliteRequest.run(session);
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
      session = SqliteSession.writer(settings);
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

  private static void settle(List<SqliteRequest<?>> group) {
    Map<Context, List<SqliteRequest<?>>> byContext = new IdentityHashMap<>();
    for (SqliteRequest<?> sqliteRequest : group) {
      byContext.computeIfAbsent(sqliteRequest.context(), c -> new ArrayList<>()).add(sqliteRequest);
    }
    byContext.forEach(
        (context, jobs) -> context.runOnContext(v -> jobs.forEach(SqliteRequest::settle)));
  }
}
