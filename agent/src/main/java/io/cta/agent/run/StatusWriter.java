package io.cta.agent.run;

import io.cta.agent.journal.TaskJournal;
import io.cta.agent.report.TestCase;
import io.cta.agent.result.ReportedResult;
import io.cta.domain.StatusSource;
import io.cta.domain.Test;
import io.cta.message.StatusReport;
import java.io.IOException;

/**
 * Writes results to the journal, in the form that the server takes. Only for threads that may
 * block.
 */
final class StatusWriter {
  private final TaskJournal journal;

  StatusWriter(TaskJournal journal) {
    this.journal = journal;
  }

  /** A result that the running test reported; returns its index. */
  int report(Test running, ReportedResult report) throws IOException {
    Test known = known(report.testId());
    Test test = known == null ? running : known;
    // an id that the task does not know is a case of the running test; a later report of it
    // replaces this one
    boolean own = known == null && report.testId() != null;
    String name = own ? report.testId() : report.name();
    String description = own && report.description() == null ? report.name() : report.description();
    return journal.status(
        index ->
            new StatusReport(
                test.id(),
                report.testName() == null ? test.name() : report.testName(),
                name,
                index,
                report.result(),
                report.skipped(),
                StatusSource.API,
                null,
                report.message(),
                description,
                report.durationMs(),
                report.custom()));
  }

  void report(Test test, TestCase one) throws IOException {
    journal.status(
        index ->
            new StatusReport(
                test.id(),
                test.name(),
                one.fullName(),
                index,
                one.result(),
                one.skipped(),
                StatusSource.REPORT,
                null,
                one.message(),
                null,
                one.durationMs(),
                null,
                one.suite(),
                one.flaky(),
                one.details()));
  }

  /** Writes a result that the agent itself adds; there is always room for it. */
  void result(Test test, TestResult result, Long durationMs) throws IOException {
    journal.ownStatus(
        index ->
            new StatusReport(
                test.id(),
                test.name(),
                result.name(),
                index,
                result.result(),
                false,
                result.source(),
                result.reason(),
                result.message(),
                null,
                durationMs,
                null));
  }

  private Test known(String testId) {
    for (Test test : journal.run().tests()) {
      if (test.id().equals(testId)) {
        return test;
      }
    }
    return null;
  }
}
