package io.cta.server.forges;

import io.cta.domain.Execution;
import io.cta.domain.ResultCounts;

/** Says how an execution stands in the one line that a commit status has. Pure. */
public final class StatusText {
  private StatusText() {}

  /** The line for a stage, of any length. */
  public static String of(ReportStage stage, Execution e) {
    ResultCounts counts = e.counts();
    String text =
        switch (stage) {
          case QUEUED -> "queued";
          case RUNNING -> "running";
          case OK -> counts.ok() + " passed";
          case FAILED -> counts.failed() + " of " + total(counts) + " failed";
          case PARTIAL -> "partial: " + counts.ok() + " of " + total(counts) + " passed";
          case INCONCLUSIVE -> "inconclusive" + why(e);
          case CANCELLED -> "cancelled";
          case TIMEOUT -> "timeout" + why(e);
        };
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
  }

  private static int total(ResultCounts c) {
    return c.ok() + c.failed() + c.partial() + c.inconclusive();
  }

  private static String why(Execution e) {
    String why = e.message() != null ? e.message() : e.reason();
    return why == null ? "" : ": " + why;
  }
}
