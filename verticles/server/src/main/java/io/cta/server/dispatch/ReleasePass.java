package io.cta.server.dispatch;

import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.dispatch.scheduling.TaskScheduler;
import io.cta.time.MonotonicClock;
import io.vertx.core.Context;
import java.util.List;

/**
 * Asks the scheduler once for all requests of one turn of the event loop, and carries out the
 * releases that it decides. Event loop of its verticle only.
 */
final class ReleasePass {
  /** Releases of one turn; more go to the next one. */
  static final int LIMIT = 256;

  private final SchedulingState schedulingState;
  private final TaskReleaser taskReleaser;
  private final MonotonicClock ticker;
  private Context context;
  private boolean coming;

  ReleasePass(SchedulingState schedulingState, TaskReleaser taskReleaser, MonotonicClock ticker) {
    this.schedulingState = schedulingState;
    this.taskReleaser = taskReleaser;
    this.ticker = ticker;
  }

  /** From now on, requests are carried out. */
  void begin(Context of) {
    context = of;
  }

  /** Releases nothing from now on. */
  void end() {
    context = null;
  }

  void request() {
    if (context == null || coming) {
      return;
    }
    coming = true;
    context.runOnContext(
        v -> {
          coming = false;
          if (context != null) {
            run();
          }
        });
  }

  private void run() {
    List<TaskScheduler.Release> decided =
        TaskScheduler.decide(schedulingState, ticker.nanos(), LIMIT);
    decided.forEach(taskReleaser::release);
    if (decided.size() == LIMIT) {
      request();
    }
  }
}
