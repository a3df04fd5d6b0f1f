package io.cta.agent.journal;

import io.cta.message.StatusReport;
import io.cta.message.TaskEnded;

/** Something the server must be told of an attempt; events of one attempt are told in order. */
public record AttemptEvent(Kind kind, StatusReport status, TaskEnded ended) {
  /** What kind of event. */
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
