package io.cta.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Lets a server execute {@link NoopScenario} with a bounded number of executions in flight. Blocks.
 */
final class ExecutionPump {
  private static final int CONNECTIONS = 64;

  private final RestClient rest;
  private final ExecutionLoadClient load;
  private final ExecutionEnds ends;
  private final Context loop;

  ExecutionPump(Vertx vertx, BenchServer server) {
    rest = new RestClient(vertx, server.port(), BenchServer.ADMIN, CONNECTIONS);
    load = new ExecutionLoadClient(rest);
    ends = new ExecutionEnds(rest);
    loop = EventLoops.next(vertx);
  }

  RestClient rest() {
    return rest;
  }

  ExecutionLoadClient load() {
    return load;
  }

  /** Returns when the end of every execution is in the store. */
  void run(int total, int atOnce) {
    if (total > 0) {
      new BoundedRepeater(() -> load.execute(NoopScenario.NAME), total, atOnce).run(loop).await();
      ends.await();
    }
  }

  /** Fails when any execution of this server was not ok. */
  void check() {
    int notOk = ends.notOk();
    if (notOk > 0) {
      throw new IllegalStateException(notOk + " executions or more were not ok");
    }
  }
}
