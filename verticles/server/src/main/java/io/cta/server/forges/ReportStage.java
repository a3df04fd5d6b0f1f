package io.cta.server.forges;

import io.cta.domain.Execution;
import io.cta.domain.State;

/**
 * A stage of an execution that forges are told, and their words for it. GitHub knows no running and
 * no cancelled status; what would count as a success without being one is never used.
 */
public enum ReportStage {
  QUEUED(1, "pending", "pending"),
  RUNNING(2, "running", "pending"),
  OK(3, "success", "success"),
  FAILED(3, "failed", "failure"),
  PARTIAL(3, "failed", "failure"),
  INCONCLUSIVE(3, "failed", "error"),
  CANCELLED(3, "canceled", "error"),
  TIMEOUT(3, "failed", "error");

  /** The step of the stages that end an execution. */
  public static final int LAST = 3;

  private final int step;
  private final String gitlab;
  private final String github;

  ReportStage(int step, String gitlab, String github) {
    this.step = step;
    this.gitlab = gitlab;
    this.github = github;
  }

  /** How far an execution is: 1 to {@link #LAST}. */
  public int step() {
    return step;
  }

  public String gitlab() {
    return gitlab;
  }

  /** The word of GitHub, Gitea and Forgejo. */
  public String github() {
    return github;
  }

  public static ReportStage of(Execution execution) {
    if (execution.state() == State.CANCELLED) {
      return CANCELLED;
    }
    if (execution.state() == State.TIMEOUT) {
      return TIMEOUT;
    }
    if (execution.state() != State.FINISHED) {
      return execution.state() == State.RUNNING ? RUNNING : QUEUED;
    }
    if (execution.result() == null) {
      return INCONCLUSIVE;
    }
    return switch (execution.result()) {
      case OK -> OK;
      case FAILED -> FAILED;
      case PARTIAL -> PARTIAL;
      case INCONCLUSIVE -> INCONCLUSIVE;
    };
  }
}
