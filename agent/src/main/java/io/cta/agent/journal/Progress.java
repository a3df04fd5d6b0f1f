package io.cta.agent.journal;

import io.cta.domain.StatusSource;
import io.cta.json.Json;
import io.cta.message.StatusReport;
import io.cta.message.TaskRun;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** What a task's journal says, folded line by line. Events are kept as positions only. */
final class Progress {
  TaskRun run;
  boolean started;
  boolean ended;
  int statuses;
  int logs;
  Step step;
  final Set<String> selfReported = new HashSet<>();
  final Deque<Long> unconfirmed = new ArrayDeque<>();
  private int confirmed;

  void read(long position, Buffer json) {
    apply(position, Json.decode(json, Line.class));
  }

  void apply(long position, Line line) {
    if (line.accepted() != null) {
      run = line.accepted();
    } else if (line.event() != null) {
      event(position, line.event());
    } else if (line.step() != null) {
      step = line.step();
    } else if (line.events() != null) {
      confirmed(line.events());
    } else if (line.logs() != null) {
      logs = Math.max(logs, line.logs());
    }
  }

  int confirmed() {
    return confirmed;
  }

  private void event(long position, Event event) {
    unconfirmed.add(position);
    switch (event.kind()) {
      case STARTED -> started = true;
      case ENDED -> ended = true;
      case STATUS -> status(event.status());
      default -> {}
    }
  }

  private void status(StatusReport status) {
    statuses = Math.max(statuses, status.index());
    if (status.source() == StatusSource.API) {
      selfReported.add(status.testId());
    }
  }

  private void confirmed(int count) {
    for (; confirmed < count; confirmed++) {
      unconfirmed.poll();
    }
  }
}
