package io.cta.agent.report.xml;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.RunTotals;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/** Reads the results of a TRX file, nested ones too. */
final class TrxResultReader {
  private final Map<String, String> classes;
  private final RunTotals totals;
  private long elements;
  private boolean nested;

  TrxResultReader(Map<String, String> classes, RunTotals totals) {
    this.classes = classes;
    this.totals = totals;
  }

  /** How many results were read, nested ones and those around them included. */
  long elements() {
    return elements;
  }

  boolean nested() {
    return nested;
  }

  void read(XmlCursor results, String suite) throws XMLStreamException {
    while (results.nextChild()) {
      result(results, suite);
    }
  }

  private void result(XmlCursor xml, String suite) throws XMLStreamException {
    elements++;
    String name = xml.attribute("testName");
    String className = classes.get(String.valueOf(xml.attribute("testId")));
    boolean full = className != null && name != null && name.startsWith(className + ".");
    String method = full ? name.substring(className.length() + 1) : name;
    CaseBuilder builder = new CaseBuilder(suite, className, method);
    builder.duration(ReportTimes.ofClock(xml.attribute("duration")));
    String outcome = xml.attribute("outcome");
    long before = totals.failed();
    boolean inner = false;
    Output output = new Output();
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "Output" -> output.read(xml, builder);
        case "InnerResults" -> {
          inner = true;
          nested = true;
          read(xml, SuitePath.join(suite, name));
        }
        default -> xml.skip();
      }
    }
    outcome(builder, outcome == null ? "none" : outcome, output);
    if (!inner || builder.isNotPassed() && totals.failed() == before) {
      totals.take(builder.build());
    }
  }

  private static void outcome(CaseBuilder builder, String outcome, Output said) {
    switch (outcome) {
      case "Passed", "Completed" -> {}
      case "Failed", "Error", "Timeout", "Aborted", "Disconnected", "NotRunnable" ->
          builder.failed(said.message == null ? outcome : said.message, said.trace);
      case "NotExecuted", "Pending" -> builder.skipped(said.message, said.trace);
      default -> builder.doubtful("outcome " + outcome, said.message);
    }
  }

  /** What a result says besides its outcome. */
  private static final class Output {
    private String message;
    private String trace;

    void read(XmlCursor xml, CaseBuilder builder) throws XMLStreamException {
      while (xml.nextChild()) {
        switch (xml.name()) {
          case "StdOut" -> builder.stdout(xml.text());
          case "StdErr" -> builder.stderr(xml.text());
          case "ErrorInfo" -> error(xml);
          default -> xml.skip();
        }
      }
    }

    private void error(XmlCursor xml) throws XMLStreamException {
      while (xml.nextChild()) {
        switch (xml.name()) {
          case "Message" -> message = xml.text();
          case "StackTrace" -> trace = xml.text();
          default -> xml.skip();
        }
      }
    }
  }
}
