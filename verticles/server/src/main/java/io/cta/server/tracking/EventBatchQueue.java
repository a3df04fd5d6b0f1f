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
 * What waits for the next pass. All that arrives while one is under way shares the next, up to a
 * limit. Event loop of its verticle only.
 */
final class EventBatchQueue {
  private static final int CAPACITY = 20_000;
  private static final int WEIGHT_OF_A_PASS = 2_000;

  private final Context context;
  private final Function<List<TaskEvents>, Future<Void>> pass;
  private final Deque<TaskEvents.PendingEvent> waiting = new ArrayDeque<>();
  private final Set<String> looks = new LinkedHashSet<>();
  private boolean busy;

  /**
   * @param pass works on visits of different tasks; the next pass begins when its future is done
   */
  EventBatchQueue(Context context, Function<List<TaskEvents>, Future<Void>> pass) {
    this.context = context;
    this.pass = pass;
  }

  /** Takes an event; complete once it is stored. */
  Future<Void> receive(AgentEvent agentEvent) {
    if (waiting.size() >= CAPACITY) {
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.UNAVAILABLE, "tracking has more events than it can take"));
    }
    Promise<Void> settled = Promise.promise();
    waiting.add(new TaskEvents.PendingEvent(agentEvent, settled));
    wake();
    return settled.future();
  }

  /** Asks for a look at a task of which no event came. */
  void look(String taskId) {
    looks.add(taskId);
    wake();
  }

  private void wake() {
    if (!busy) {
      busy = true;
      context.runOnContext(v -> turn());
    }
  }

  private void turn() {
    if (waiting.isEmpty() && looks.isEmpty()) {
      busy = false;
      return;
    }
    Map<String, TaskEvents> visits = new LinkedHashMap<>();
    int weight = 0;
    while (!waiting.isEmpty() && weight < WEIGHT_OF_A_PASS) {
      TaskEvents.PendingEvent next = waiting.remove();
      weight += next.arrival().weight();
      visits.computeIfAbsent(next.arrival().taskId(), TaskEvents::new).deliveries.add(next);
    }
    var look = looks.iterator();
    while (look.hasNext() && weight++ < WEIGHT_OF_A_PASS) {
      visits.computeIfAbsent(look.next(), TaskEvents::new).looked = true;
      look.remove();
    }
    pass.apply(new ArrayList<>(visits.values()))
        .onComplete(done -> context.runOnContext(v -> turn()));
  }
}
