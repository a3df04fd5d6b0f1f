package io.cta.agent.run;

import io.cta.agent.journal.TaskJournal;
import io.cta.agent.report.TestCase;
import io.cta.agent.result.ReportedResult;
import io.cta.domain.StatusSource;
import io.cta.domain.Test;
import io.cta.masking.SecretMasker;
import io.cta.message.StatusReportBuilder;
import java.io.IOException;

/**
 * Writes results to the journal, in the form that the server takes. Only for threads that may
 * block.
 */
final class StatusWriter {
  private final TaskJournal journal;
  private final StatusMasker masker;

  StatusWriter(TaskJournal journal, SecretMasker secrets) {
    this.journal = journal;
    this.masker = new StatusMasker(secrets);
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
            masker.masked(
                StatusReportBuilder.builder()
                    .testId(test.id())
                    .testName(report.testName() == null ? test.name() : report.testName())
                    .name(name)
                    .index(index)
                    .result(report.result())
                    .skipped(report.skipped())
                    .source(StatusSource.API)
                    .message(report.message())
                    .description(description)
                    .durationMs(report.durationMs())
                    .custom(report.custom())
                    .build()));
  }

  void report(Test test, TestCase one) throws IOException {
    journal.status(
        index ->
            masker.masked(
                StatusReportBuilder.builder()
                    .testId(test.id())
                    .testName(test.name())
                    .name(one.fullName())
                    .index(index)
                    .result(one.result())
                    .skipped(one.skipped())
                    .source(StatusSource.REPORT)
                    .message(one.message())
                    .durationMs(one.durationMs())
                    .suite(one.suite())
                    .flaky(one.flaky())
                    .details(one.details())
                    .build()));
  }

  /** Writes a result that the agent itself adds; there is always room for it. */
  void result(Test test, TestResult result, Long durationMs) throws IOException {
    journal.ownStatus(
        index ->
            masker.masked(
                StatusReportBuilder.builder()
                    .testId(test.id())
                    .testName(test.name())
                    .name(result.name())
                    .index(index)
                    .result(result.result())
                    .source(result.source())
                    .reason(result.reason())
                    .message(result.message())
                    .durationMs(durationMs)
                    .build()));
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
