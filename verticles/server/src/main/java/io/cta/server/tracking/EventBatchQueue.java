package io.cta.server.tracking;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Holds the events that wait for the next batch. Events that arrive while a batch is processed
 * share the next one, up to a limit. Event loop of its verticle only.
 */
final class EventBatchQueue {
  private static final int MAX_EVENTS = 20_000;
  private static final int MAX_BATCH_WEIGHT = 2_000;

  private final Context context;
  private final Function<List<TaskEvents>, Future<Void>> processor;
  private final Deque<TaskEvents.PendingEvent> waiting = new ArrayDeque<>();
  private final Set<String> checks = new LinkedHashSet<>();
  private boolean busy;

  /**
   * @param processor processes a batch, one element per task; the next batch begins when its future
   *     completes
   */
  EventBatchQueue(Context context, Function<List<TaskEvents>, Future<Void>> processor) {
    this.context = context;
    this.processor = processor;
  }

  /** Queues an event; completes once it is stored. */
  Future<Void> receive(AgentEvent agentEvent) {
    if (waiting.size() >= MAX_EVENTS) {
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.UNAVAILABLE, "tracking has more events than it can take"));
    }
    Promise<Void> settled = Promise.promise();
    waiting.add(new TaskEvents.PendingEvent(agentEvent, settled));
    wake();
    return settled.future();
  }

  /** Puts a task without events into the next batch. */
  void check(String taskId) {
    checks.add(taskId);
    wake();
  }

  private void wake() {
    if (!busy) {
      busy = true;
      context.runOnContext(v -> nextBatch());
    }
  }

  private void nextBatch() {
    if (waiting.isEmpty() && checks.isEmpty()) {
      busy = false;
      return;
    }
    Map<String, TaskEvents> batch = new LinkedHashMap<>();
    int weight = 0;
    while (!waiting.isEmpty() && weight < MAX_BATCH_WEIGHT) {
      TaskEvents.PendingEvent next = waiting.remove();
      weight += next.event().weight();
      batch.computeIfAbsent(next.event().taskId(), TaskEvents::new).events.add(next);
    }
    var check = checks.iterator();
    while (check.hasNext() && weight++ < MAX_BATCH_WEIGHT) {
      batch.computeIfAbsent(check.next(), TaskEvents::new).checkRequested = true;
      check.remove();
    }
    processor
        .apply(new ArrayList<>(batch.values()))
        .onComplete(done -> context.runOnContext(v -> nextBatch()));
  }
}
