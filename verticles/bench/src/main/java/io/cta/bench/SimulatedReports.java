package io.cta.bench;

import io.cta.broker.AgentMessageSender;
import io.cta.domain.Test;
import io.cta.message.StatusReport;
import io.cta.message.TaskRun;
import java.util.ArrayList;
import java.util.List;

/** Makes the statuses that a simulated agent reports for a task: every case is ok. */
final class SimulatedReports {
  private SimulatedReports() {}

  /**
   * @param cases cases of each test; with 1 the case has the test's name
   */
  static List<StatusReport> of(TaskRun task, int cases) {
    List<StatusReport> reports = new ArrayList<>(task.tests().size() * cases);
    for (Test test : task.tests()) {
      for (int i = 1; i <= cases; i++) {
        String name = cases == 1 ? test.name() : name(i);
        reports.add(AgentMessageSender.ok(test, reports.size() + 1).name(name).build());
      }
    }
    return reports;
  }

  private static String name(int number) {
    return "io.example.bench.SimulatedCaseTest.case_number_" + number + "_holds";
  }
}
