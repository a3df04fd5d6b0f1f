package io.cta.agent.journal;

import io.cta.message.StatusReport;
import io.cta.message.TaskEnded;

/** An event of an attempt that the server must get; events of one attempt are sent in order. */
public record AttemptEvent(Kind kind, StatusReport status, TaskEnded ended) {
  /** The kinds of events. */
  public enum Kind {
    ACKED,
    STARTED,
    STATUS,
    ENDED
  }

  static final AttemptEvent ACKED = new AttemptEvent(Kind.ACKED, null, null);
  static final AttemptEvent STARTED = new AttemptEvent(Kind.STARTED, null, null);

  static AttemptEvent of(StatusReport status) {
    return new AttemptEvent(Kind.STATUS, status, null);
  }

  static AttemptEvent of(TaskEnded ended) {
    return new AttemptEvent(Kind.ENDED, null, ended);
  }
}
