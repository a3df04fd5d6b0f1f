package io.cta.agent.run;

import java.util.concurrent.CompletableFuture;

/** The wish that an attempt ends before its time. The first wish counts. Any thread. */
public final class StopRequest {
  /** Who wants it to end. */
  public enum Cause {
    /** People, or the server for them. */
    CANCELLED,
    /** The running time of the task is over. */
    TIMEOUT,
    /** The attempt is no longer the task's own. */
    STALE,
    /** The agent was told to leave at once. */
    LEAVING
  }

  /** A wish and its reason for people, or null. */
  public record Details(Cause why, String reason) {}

  private final CompletableFuture<Details> asked = new CompletableFuture<>();

  public void ask(Cause cause, String reason) {
    asked.complete(new Details(cause, reason));
  }

  public boolean isAsked() {
    return asked.isDone();
  }

  /** The wish, or null while there is none. */
  public Details wish() {
    return asked.getNow(null);
  }

  /** Completes when it is asked for. */
  CompletableFuture<Details> asked() {
    return asked;
  }
}
