package io.cta.agent.journal;

import io.cta.message.StatusReport;
import io.cta.message.TaskEnded;

/** Something the server must be told of an attempt; events of one attempt are told in order. */
public record Event(Kind kind, StatusReport status, TaskEnded ended) {
  /** What kind of event. */
  public enum Kind {
    ACKED,
    STARTED,
    STATUS,
    ENDED
  }

  static final Event ACKED = new Event(Kind.ACKED, null, null);
  static final Event STARTED = new Event(Kind.STARTED, null, null);

  static Event of(StatusReport status) {
    return new Event(Kind.STATUS, status, null);
  }

  static Event of(TaskEnded ended) {
    return new Event(Kind.ENDED, null, ended);
  }
}
