package io.cta.agent.run;

import java.util.concurrent.CompletableFuture;

/** A request to end an attempt early. The first request counts. Any thread. */
public final class StopRequest {
  /** Why the attempt is to end. */
  public enum Cause {
    /** Cancelled by people, or by the server for them. */
    CANCELLED,
    /** The running time of the task is over. */
    TIMEOUT,
    /** The attempt is no longer the task's own. */
    STALE,
    /** The agent was told to leave at once. */
    LEAVING
  }

  /** The cause of a request, and its reason for people, or null. */
  public record Details(Cause why, String reason) {}

  private final CompletableFuture<Details> asked = new CompletableFuture<>();

  public void ask(Cause cause, String reason) {
    asked.complete(new Details(cause, reason));
  }

  public boolean isAsked() {
    return asked.isDone();
  }

  /** The request, or null while there is none. */
  public Details details() {
    return asked.getNow(null);
  }

  /** Completes when the stop is requested. */
  CompletableFuture<Details> asked() {
    return asked;
  }
}
