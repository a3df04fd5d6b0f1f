package io.cta.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Runs simulated agents on the event loops of this process. */
final class SimulatedFleet {
  private static final int CONNECTIONS = 32;
  private static final int STARTS_AT_ONCE = 16;

  private final Vertx vertx;
  private final int port;
  private final TaskListener listener;
  private final RestClient registration;
  private final List<Context> loops = new ArrayList<>();

  SimulatedFleet(Vertx vertx, int port, TaskListener listener) {
    this.vertx = vertx;
    this.port = port;
    this.listener = listener;
    registration = new RestClient(vertx, port, BenchServer.REGISTRATION, CONNECTIONS);
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      loops.add(EventLoops.next(vertx));
    }
  }

  /** Starts agents, several at the same time; returns when all are registered. */
  void start(List<SimulatedAgentSettings> agents) {
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < loops.size(); i++) {
      List<SimulatedAgentSettings> share = share(agents, i);
      if (!share.isEmpty()) {
        Iterator<SimulatedAgentSettings> next = share.iterator();
        all.add(
            new BoundedRepeater(() -> start(next.next()), share.size(), STARTS_AT_ONCE)
                .run(loops.get(i)));
      }
    }
    Future.all(all).await();
  }

  private Future<Void> start(SimulatedAgentSettings settings) {
    return new SimulatedAgent(vertx, settings, listener).start(port, registration);
  }

  private List<SimulatedAgentSettings> share(List<SimulatedAgentSettings> agents, int loop) {
    List<SimulatedAgentSettings> share = new ArrayList<>();
    for (int i = loop; i < agents.size(); i += loops.size()) {
      share.add(agents.get(i));
    }
    return share;
  }
}
