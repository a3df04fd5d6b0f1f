package io.cta.server.api.http;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few threads on which bodies are read and checked that would hold up the other connections of
 * an event loop. What waits for them is bounded by the connections that the server takes.
 */
public final class LargeBodyPool {
  private static final String NAME = "cta-large-bodies";
  private static final int THREADS = 4;
  private static final long WARN_AFTER_SECONDS = 10;

  private LargeBodyPool() {}

  /** The same threads for all callers; they end with Vert.x. */
  public static WorkerExecutor of(Vertx vertx) {
    return vertx.createSharedWorkerExecutor(NAME, THREADS, WARN_AFTER_SECONDS, TimeUnit.SECONDS);
  }
}
