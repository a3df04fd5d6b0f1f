package io.cta.server.after;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread on which conditions are compiled and evaluated: the first use takes seconds, each
 * later one less than a millisecond.
 */
public final class ConditionThread {
  private static final String NAME = "cta-conditions";
  private static final long WARN_AFTER_SECONDS = 30;

  private ConditionThread() {}

  /** The same for all callers; it ends with Vert.x. */
  public static WorkerExecutor of(Vertx vertx) {
    return vertx.createSharedWorkerExecutor(NAME, 1, WARN_AFTER_SECONDS, TimeUnit.SECONDS);
  }
}
