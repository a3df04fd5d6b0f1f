package io.cta.server.outgoing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks the machine's own resolver, on a few threads of its own, since that blocks. */
public final class SystemHostResolver implements HostResolver {
  private static final int THREADS = 4;
  private static final long WARN_AFTER_SECONDS = 30;

  private final WorkerExecutor threads;

  public SystemHostResolver(Vertx vertx) {
    threads =
        vertx.createSharedWorkerExecutor(
            "cta-names", THREADS, WARN_AFTER_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Future<List<InetAddress>> resolve(String host) {
    return threads.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false);
  }
}
