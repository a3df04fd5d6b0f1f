package io.cta.bench;

import io.cta.domain.Result;
import io.cta.domain.StatusSource;
import io.cta.domain.Test;
import io.cta.message.StatusReport;
import io.cta.message.StatusReportBuilder;
import io.cta.message.TaskRun;
import java.util.ArrayList;
import java.util.List;

/** What a simulated agent reports of a task: everything is ok. */
final class SimulatedReports {
  private SimulatedReports() {}

  /**
   * @param cases of each test; with one the test itself is the case
   */
  static List<StatusReport> of(TaskRun task, int cases) {
    List<StatusReport> reports = new ArrayList<>(task.tests().size() * cases);
    for (Test test : task.tests()) {
      for (int i = 1; i <= cases; i++) {
        reports.add(report(test, reports.size() + 1, cases == 1 ? test.name() : name(i)));
      }
    }
    return reports;
  }

  private static String name(int number) {
    return "io.example.bench.SimulatedCaseTest.case_number_" + number + "_holds";
  }

  private static StatusReport report(Test test, int index, String name) {
    return StatusReportBuilder.builder()
        .testId(test.id())
        .testName(test.name())
        .name(name)
        .index(index)
        .result(Result.OK)
        .source(StatusSource.EXIT)
        .durationMs(0L)
        .build();
  }
}
