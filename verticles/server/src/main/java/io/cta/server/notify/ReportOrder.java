package io.cta.server.notify;

import io.cta.domain.CommitLine.AcceptedStatus;
import io.cta.domain.ForgeType;
import io.cta.server.forges.ReportStage;

/** Decides whether a forge has a status already, by what it accepted last in its place. Pure. */
final class ReportOrder {
  private ReportOrder() {}

  /**
   * True when sending it would repeat what is there, or open what is closed. GitLab shares one open
   * row among the executions of a scenario, and refuses what it is already; at the others the
   * newest status counts, whoever sent it.
   *
   * @param accepted null when there is nothing
   */
  static boolean isThere(
      ForgeType type, AcceptedStatus accepted, String executionId, ReportStage wanted) {
    if (accepted == null) {
      return false;
    }
    int there = ReportStage.valueOf(accepted.stage()).step();
    if (accepted.executionId().equals(executionId)) {
      return there >= wanted.step();
    }
    boolean open = there < ReportStage.LAST;
    return type == ForgeType.GITLAB && open && there >= wanted.step();
  }
}
