package io.cta.agent.run;

import io.cta.agent.report.Case;
import io.cta.agent.report.JUnitReader;
import io.cta.agent.report.ReportFiles;
import io.cta.agent.report.ReportTrouble;
import io.cta.domain.Result;
import io.cta.domain.Test;
import io.cta.error.ServiceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a test's report files, case by case, into the journal. */
final class Reports {
  private static final Logger log = LoggerFactory.getLogger(Reports.class);

  private final ReportFiles files;
  private final Statuses statuses;

  Reports(Path workspace, Statuses statuses) {
    this.files = new ReportFiles(workspace);
    this.statuses = statuses;
  }

  ReportOutcome read(Test test) throws IOException {
    if (test.report() == null || test.report().junit() == null) {
      return ReportOutcome.NONE;
    }
    List<Path> found;
    try {
      found = files.take(test.report().junit());
    } catch (IllegalArgumentException e) {
      String text = "not a glob: " + e.getMessage();
      return new ReportOutcome(
          true, 0, 0, 0, 0, List.of(new ReportTrouble(ReportTrouble.UNREADABLE, text)));
    }
    Counter counter = new Counter(test);
    JUnitReader reader = new JUnitReader();
    List<ReportTrouble> troubles = new ArrayList<>();
    for (Path file : found) {
      String wrong = readOne(reader, file, counter);
      if (wrong != null && troubles.isEmpty()) {
        troubles.add(new ReportTrouble(ReportTrouble.TRUNCATED, file.getFileName() + ": " + wrong));
      }
    }
    return new ReportOutcome(
        true, found.size(), counter.cases, counter.ran, counter.failed, troubles);
  }

  private static String readOne(JUnitReader reader, Path file, Counter counter) throws IOException {
    try {
      return reader.read(file, counter::take);
    } catch (ServiceFailure tooMany) {
      log.warn("a report is not read further [file: {}]", file);
      return tooMany.getMessage();
    }
  }

  private final class Counter {
    private final Test test;
    private int cases;
    private int ran;
    private int failed;

    Counter(Test test) {
      this.test = test;
    }

    void take(Case one) throws IOException {
      statuses.report(test, one);
      cases++;
      ran += one.skipped() ? 0 : 1;
      failed += one.result() == Result.FAILED ? 1 : 0;
    }
  }
}
