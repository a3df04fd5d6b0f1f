package io.cta.agent.run;

import io.cta.agent.report.CaseNames;
import io.cta.agent.report.DetailsBudget;
import io.cta.agent.report.ReportTrouble;
import io.cta.agent.report.TestCase;
import io.cta.agent.report.file.ReportFile;
import io.cta.agent.report.file.ReportFileReader;
import io.cta.agent.report.file.ReportFileSelector;
import io.cta.agent.report.file.ReportSelection;
import io.cta.domain.Test;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.masking.SecretMasker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a test's report files, case by case, into the journal. */
final class ReportImporter {
  private static final Logger log = LoggerFactory.getLogger(ReportImporter.class);
  private static final int MAX_TROUBLES = 20;
  private static final int MAX_ATTACHMENTS = 1000;

  private final ReportFileSelector files;
  private final ReportFileReader reader;
  private final StatusWriter statuses;
  private final DetailsBudget budget = new DetailsBudget();
  private final Set<String> attachments = new LinkedHashSet<>();

  ReportImporter(
      AttemptContext attempt, Path workspace, StatusWriter statuses, SecretMasker secrets) {
    BooleanSupplier stop = () -> attempt.stop().isAsked() || Thread.currentThread().isInterrupted();
    this.files = new ReportFileSelector(workspace, attempt.run().inputs(), stop);
    this.reader = new ReportFileReader(stop, secrets);
    this.statuses = statuses;
  }

  /** Notes which reports are there before a test, so that they are not taken for its own. */
  void before(Test test) throws IOException {
    if (isDeclared(test)) {
      try {
        files.before(test.report());
      } catch (InterruptedIOException e) {
        log.info("the test will not run [test: {}]", test.id());
      }
    }
  }

  ReportOutcome read(Test test) throws IOException {
    attachments.clear();
    if (!isDeclared(test)) {
      return ReportOutcome.NONE;
    }
    Counter counter = new Counter(test);
    List<ReportTrouble> troubles = new ArrayList<>();
    int read = 0;
    try {
      ReportSelection selection = files.select(test.report());
      troubles.addAll(selection.troubles());
      read = selection.files().size();
      for (ReportFile file : selection.files()) {
        ReportTrouble trouble = reader.read(file, counter::take);
        if (trouble != null) {
          troubles.add(trouble);
        }
      }
    } catch (InterruptedIOException e) {
      troubles.add(new ReportTrouble(ReportTrouble.UNREADABLE, e.getMessage()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    counter.troubles(troubles);
    List<ReportTrouble> few = troubles.subList(0, Math.min(MAX_TROUBLES, troubles.size()));
    return new ReportOutcome(true, read, counter.cases, counter.ran, counter.failed, few);
  }

  /** Files that the reports of the last test name; bounded. */
  Set<String> attachments() {
    return Set.copyOf(attachments);
  }

  private static boolean isDeclared(Test test) {
    return test.report() != null && !test.report().globs().isEmpty();
  }

  /** Counts every case, and stores as many as there is room for. */
  private final class Counter {
    private final Test test;
    private final CaseNames names = new CaseNames();
    private int cases;
    private int ran;
    private int failed;
    private boolean full;

    Counter(Test test) {
      this.test = test;
    }

    void take(TestCase one) {
      // a case that was run again takes the place of a failed one
      int replaced = one.again() ? 1 : 0;
      note(one);
      cases += 1 - replaced;
      ran += (one.skipped() ? 0 : 1) - replaced;
      failed += (one.failed() ? 1 : 0) - replaced;
      if (!full) {
        store(budget.within(names.unique(one)));
      }
    }

    private void note(TestCase one) {
      if (one.details() != null && attachments.size() < MAX_ATTACHMENTS) {
        attachments.addAll(one.details().attachments());
      }
    }

    private void store(TestCase one) {
      try {
        statuses.report(test, one);
      } catch (ServiceFailure e) {
        if (e.code() != ErrorCode.TOO_MANY) {
          throw e;
        }
        full = true;
        log.warn("cases are counted but not kept any more [test: {}]", test.id());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void troubles(List<ReportTrouble> troubles) {
      if (full) {
        String text = "the reports have " + cases + " cases, more than can be kept";
        troubles.add(0, new ReportTrouble(ReportTrouble.TOO_MANY, text));
      }
      if (troubles.isEmpty() && cases == 0) {
        troubles.add(new ReportTrouble(ReportTrouble.EMPTY, "the report has no cases"));
      }
    }
  }
}
