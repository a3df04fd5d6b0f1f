package io.cta.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Requests executions by REST and measures each: from the request to its start on the agent, and to
 * the server's confirmation of its end. A confirmed end is in the store.
 */
final class ExecutionLoadClient implements TaskListener {
  private static final long LONGEST_NANOS = 600_000_000_000L;

  private final RestClient rest;
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private volatile Histogram start = histogram();
  private volatile Histogram end = histogram();

  /**
   * The state of one execution. Its agent may start it before the server has answered the request.
   */
  private static final class Run {
    private final Promise<Long> started = Promise.promise();
    private final Promise<Long> ended = Promise.promise();
  }

  ExecutionLoadClient(RestClient rest) {
    this.rest = rest;
  }

  @Override
  public void started(String executionId) {
    run(executionId).started.tryComplete(System.nanoTime());
  }

  @Override
  public void ended(String executionId) {
    run(executionId).ended.tryComplete(System.nanoTime());
  }

  /** Requests one execution; completes when the server has confirmed the end of its task. */
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
              end.recordValue(bounded(run.ended.future().result() - asked));
              runs.remove(id);
              return null;
            });
  }

  private Run run(String id) {
    return runs.computeIfAbsent(id, key -> new Run());
  }

  /** Nanoseconds from the request to the start on the agent, since the last {@link #reset}. */
  Histogram startLatency() {
    return start;
  }

  /** Nanoseconds from the request to the confirmation of the end, since the last {@link #reset}. */
  Histogram endLatency() {
    return end;
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
