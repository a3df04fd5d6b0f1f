package io.cta.bench;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionChanged;
import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Asks for executions by REST and follows each: when its agent started it, and when the server had
 * its end in the store.
 */
final class ExecutionLoadClient {
  private static final long LONGEST_NANOS = 600_000_000_000L;

  private final RestClient rest;
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final AtomicLong notOk = new AtomicLong();
  private volatile Histogram start = histogram();
  private volatile Histogram end = histogram();

  /** What is known of an execution; the agent may start it before the request is answered. */
  private static final class Run {
    private final Promise<Long> started = Promise.promise();
    private final Promise<Execution> ended = Promise.promise();
  }

  ExecutionLoadClient(Vertx vertx, RestClient rest) {
    this.rest = rest;
    BusAdapter.<ExecutionChanged>hear(
        vertx, BusAddresses.EXECUTION_CHANGED, c -> changed(c.execution()));
  }

  /** To be called when an agent starts an execution. */
  void started(String executionId) {
    run(executionId).started.tryComplete(System.nanoTime());
  }

  /** One execution; completes when its end is in the store. */
  Future<Void> execute(String scenario) {
    long asked = System.nanoTime();
    return rest.post("executions", new JsonObject().put("scenario", scenario))
        .compose(answer -> follow(answer.getString("id"), asked));
  }

  private Future<Void> follow(String id, long asked) {
    Run run = run(id);
    return Future.all(run.started.future(), run.ended.future())
        .map(
            both -> {
              start.recordValue(bounded(run.started.future().result() - asked));
              end.recordValue(bounded(System.nanoTime() - asked));
              if (run.ended.future().result().result() != Result.OK) {
                notOk.incrementAndGet();
              }
              runs.remove(id);
              return null;
            });
  }

  private void changed(Execution execution) {
    if (execution.state().terminal()) {
      run(execution.id()).ended.tryComplete(execution);
    }
  }

  private Run run(String id) {
    return runs.computeIfAbsent(id, key -> new Run());
  }

  /** Request to start on the agent, nanoseconds, since the last {@link #reset}. */
  Histogram startLatency() {
    return start;
  }

  /** Request to end in the store. */
  Histogram endLatency() {
    return end;
  }

  long notOk() {
    return notOk.get();
  }

  void reset() {
    start = histogram();
    end = histogram();
  }

  private static long bounded(long nanos) {
    return Math.max(1, Math.min(nanos, LONGEST_NANOS));
  }

  private static Histogram histogram() {
    return new ConcurrentHistogram(LONGEST_NANOS, 3);
  }
}
