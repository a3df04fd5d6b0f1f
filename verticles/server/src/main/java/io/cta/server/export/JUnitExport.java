package io.cta.server.export;

import io.cta.domain.Result;
import io.cta.json.InstantText;
import io.cta.server.view.executions.CaseDetailsView;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import io.cta.text.TextCut;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes JUnit XML as Jenkins and GitLab read it: one suite for each test and machine. GitLab takes
 * no file above 30 MB, so that a growing file says less of each case: first passed cases lose their
 * output, then all others most of theirs, and in the end cases are left out, passed ones first.
 * What is left out is said, and never makes a file green: a case with an error says it.
 */
final class JUnitExport implements ExportWriter {
  /** Bytes from which on a file says less. */
  private static final long PASSED_OUTPUT = 8_000_000;

  private static final long WHOLE_FAILURES = 16_000_000;
  private static final long PASSED_CASES = 20_000_000;
  private static final long FAILED_CASES = 23_500_000;

  private static final int MAX_TEXT_CHARS = 64 * 1024;
  private static final int SHORT_TEXT_CHARS = 2_000;

  private ExecutionView execution;
  private CaseNaming naming;
  private long bytes;
  private int cases;
  private int faults;
  private int outputsLeftOut;
  private int textsCut;
  private int passedLeftOut;
  private int faultsLeftOut;

  @Override
  public String begin(ExecutionView started, List<TaskView> tasks) {
    execution = started;
    naming = new CaseNaming(tasks);
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    new XmlElements(out)
        .open("testsuites")
        .with("name", started.scenarioName())
        .with("id", started.id())
        .close();
    return counted(out.append('\n'));
  }

  @Override
  public String task(TaskView task, List<StatusView> statuses) {
    StringBuilder out = new StringBuilder();
    for (int from = 0; from < statuses.size(); ) {
      int to = from + 1;
      while (to < statuses.size()
          && statuses.get(to).testId().equals(statuses.get(from).testId())) {
        to++;
      }
      suite(out, statuses.subList(from, to));
      from = to;
    }
    return counted(out);
  }

  @Override
  public String end() {
    StringBuilder out = new StringBuilder();
    boolean silent = faults == 0 && execution.result() != Result.OK;
    if (cases == 0 || silent || faultsLeftOut > 0 || !execution.state().terminal()) {
      ownSuite(out);
    }
    new XmlElements(out).end("testsuites");
    return counted(out);
  }

  /** The execution's own suite: says what no case of the file says. */
  private void ownSuite(StringBuilder out) {
    List<String> errors = new ArrayList<>();
    if (faultsLeftOut > 0) {
      errors.add(
          faultsLeftOut + " cases that are not ok are left out: the file would be too large");
    }
    if (cases == 0 || !execution.state().terminal() || faults == 0) {
      errors.add(ExportTexts.why(execution));
    }
    XmlElements xml = new XmlElements(out);
    xml.open("testsuite")
        .with("name", execution.scenarioName())
        .with("tests", errors.size())
        .with("failures", 0)
        .with("errors", errors.size())
        .with("skipped", 0)
        .with("time", "0.000")
        .close();
    for (int i = 0; i < errors.size(); i++) {
      xml.open("testcase")
          .with("classname", execution.scenarioName())
          .with("name", i == 0 ? "(execution)" : "(execution) " + (i + 1))
          .with("time", "0.000")
          .close();
      xml.open("error").with("message", errors.get(i)).with("type", "cta").close();
      xml.text(errors.get(i)).end("error").end("testcase");
    }
    xml.end("testsuite");
  }

  private void suite(StringBuilder out, List<StatusView> statuses) {
    StringBuilder body = new StringBuilder();
    Counts counts = new Counts();
    for (StatusView status : statuses) {
      if (leaveOut(status, bytes + out.length() + body.length())) {
        continue;
      }
      counts.add(status);
      testCase(body, status, bytes + out.length() + body.length());
    }
    if (counts.tests == 0) {
      return;
    }
    StatusView first = statuses.get(0);
    String test = first.testName() == null ? first.testId() : first.testName();
    String machine = first.machineName();
    XmlElements xml = new XmlElements(out);
    xml.open("testsuite")
        .with("name", machine == null ? test : test + " on " + machine)
        .with("tests", counts.tests)
        .with("failures", counts.failures)
        .with("errors", counts.errors)
        .with("skipped", counts.skipped)
        .with("time", ExportTexts.seconds(counts.millis))
        .with("timestamp", first.at() == null ? null : InstantText.format(first.at()))
        .with("hostname", machine)
        .close();
    out.append('\n').append(body);
    xml.element("system-out", leftOut());
    xml.end("testsuite");
    cases += counts.tests;
    faults += counts.failures + counts.errors;
  }

  private boolean leaveOut(StatusView status, long size) {
    if (isFault(status)) {
      boolean full = size > FAILED_CASES;
      faultsLeftOut += full ? 1 : 0;
      return full;
    }
    boolean full = size > PASSED_CASES;
    passedLeftOut += full ? 1 : 0;
    return full;
  }

  private void testCase(StringBuilder out, StatusView status, long size) {
    CaseNaming.CaseName name = naming.next(status);
    CaseDetailsView details = status.details();
    XmlElements xml = new XmlElements(out);
    xml.open("testcase")
        .with("classname", TextCut.marked(name.className(), 1_000))
        .with("name", TextCut.marked(name.name(), 1_000))
        .with("time", ExportTexts.seconds(status.durationMs()))
        .with("file", details == null ? null : details.file())
        .with("line", details == null ? null : details.line())
        .close();
    int max = size > WHOLE_FAILURES ? SHORT_TEXT_CHARS : MAX_TEXT_CHARS;
    outcome(xml, status, max);
    if (details != null) {
      boolean output = isFault(status) || size < PASSED_OUTPUT;
      if (output) {
        xml.element("system-out", text(details.stdout(), max));
        xml.element("system-err", text(details.stderr(), max));
      } else if (details.stdout() != null || details.stderr() != null) {
        outputsLeftOut++;
      }
    }
    xml.end("testcase");
  }

  private void outcome(XmlElements xml, StatusView status, int max) {
    if (status.skipped()) {
      xml.open("skipped").with("message", status.message()).end();
      return;
    }
    switch (status.result()) {
      case OK -> {
        if (status.flaky()) {
          xml.open("flakyFailure").with("message", "failed before it passed").with("type", "flaky");
          xml.end();
        }
      }
      case FAILED, PARTIAL -> fault(xml, "failure", status, max);
      case INCONCLUSIVE -> fault(xml, "error", status, max);
    }
  }

  private void fault(XmlElements xml, String element, StatusView status, int max) {
    CaseDetailsView details = status.details();
    String type = details == null ? null : details.type();
    String word = status.reason() == null ? status.result().wire() : status.reason();
    xml.open(element)
        .with("message", ExportTexts.why(status))
        .with("type", type == null ? word : type)
        .close();
    String message = status.message() == null ? "" : status.message();
    String trace = details == null || details.trace() == null ? "" : details.trace();
    String all = trace.isEmpty() || message.isEmpty() ? message + trace : message + "\n" + trace;
    xml.text(text(all, max)).end(element);
  }

  private String text(String text, int max) {
    textsCut += text != null && text.length() > max ? 1 : 0;
    return TextCut.marked(text, max);
  }

  /** What the file so far does not say, or null. */
  private String leftOut() {
    List<String> said = new ArrayList<>();
    if (outputsLeftOut > 0) {
      said.add("the output of " + outputsLeftOut + " passed cases");
    }
    if (textsCut > 0) {
      said.add("the end of " + textsCut + " texts");
    }
    if (passedLeftOut > 0) {
      said.add(passedLeftOut + " passed or skipped cases");
    }
    return said.isEmpty()
        ? null
        : "left out so far, because the file would be too large: " + String.join(", ", said);
  }

  private String counted(StringBuilder out) {
    String text = out.toString();
    bytes += text.getBytes(StandardCharsets.UTF_8).length;
    return text;
  }

  private static boolean isFault(StatusView status) {
    return !status.skipped() && status.result() != Result.OK;
  }

  /** The sums of a suite. */
  private static final class Counts {
    int tests;
    int failures;
    int errors;
    int skipped;
    long millis;

    void add(StatusView status) {
      tests++;
      millis += status.durationMs() == null ? 0 : status.durationMs();
      if (status.skipped()) {
        skipped++;
      } else if (status.result() == Result.INCONCLUSIVE) {
        errors++;
      } else if (status.result() != Result.OK) {
        failures++;
      }
    }
  }
}
