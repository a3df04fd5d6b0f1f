package io.cta.agent.report.file;

import io.cta.agent.report.ReportTrouble;
import java.util.List;

/** The files to read, and why they are not all that the test declares. */
public record ReportSelection(List<ReportFile> files, List<ReportTrouble> troubles) {
  public ReportSelection {
    files = List.copyOf(files);
    troubles = List.copyOf(troubles);
  }
}
