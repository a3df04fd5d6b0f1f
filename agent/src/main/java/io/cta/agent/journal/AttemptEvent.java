package io.cta.agent.journal;

import io.cta.domain.ResolvedInput;
import io.cta.message.StatusReport;
import io.cta.message.TaskEnded;
import java.util.List;

/** An event of an attempt that the server must get; events of one attempt are sent in order. */
public record AttemptEvent(
    Kind kind, StatusReport status, TaskEnded ended, List<ResolvedInput> resolved) {
  /** The kinds of events. */
  public enum Kind {
    ACKED,
    RESOLVED,
    STARTED,
    STATUS,
    ENDED
  }

  static final AttemptEvent ACKED = new AttemptEvent(Kind.ACKED, null, null, null);
  static final AttemptEvent STARTED = new AttemptEvent(Kind.STARTED, null, null, null);

  static AttemptEvent of(StatusReport status) {
    return new AttemptEvent(Kind.STATUS, status, null, null);
  }

  static AttemptEvent of(TaskEnded ended) {
    return new AttemptEvent(Kind.ENDED, null, ended, null);
  }

  static AttemptEvent of(List<ResolvedInput> resolved) {
    return new AttemptEvent(Kind.RESOLVED, null, null, resolved);
  }
}
