package io.cta.agent.report.xml;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.RunTotals;
import io.cta.agent.report.TestCase;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/** Reads TestNG's {@code testng-results.xml}. Configuration methods count only when they fail. */
final class TestNgReader implements XmlFormat {
  private static final int MAX_RETRIED = 10_000;

  /** Runs that were tried again, until the next run is read. */
  private final Map<String, TestCase> retried = new LinkedHashMap<>();

  @Override
  public void read(XmlCursor root, CaseSink sink) throws XMLStreamException, ReportFault {
    RunTotals totals = new RunTotals(sink);
    long unseen = root.number("ignored") + root.number("retried");
    totals.claim(root.number("total") - unseen, root.number("failed"));
    elements(root, null, null, totals);
    for (TestCase left : retried.values()) {
      totals.take(left);
    }
    totals.check();
  }

  private void elements(XmlCursor xml, String path, String className, RunTotals totals)
      throws XMLStreamException {
    while (xml.nextChild()) {
      String name = xml.attribute("name");
      switch (xml.name()) {
        case "suite", "test" -> elements(xml, SuitePath.join(path, name), null, totals);
        case "class" -> elements(xml, path, name, totals);
        case "test-method" -> method(xml, path, className, totals);
        default -> xml.skip();
      }
    }
  }

  private void method(XmlCursor xml, String path, String className, RunTotals totals)
      throws XMLStreamException {
    String name = xml.attribute("name");
    String status = String.valueOf(xml.attribute("status"));
    boolean config = "true".equals(xml.attribute("is-config"));
    boolean retry = "true".equals(xml.attribute("retried"));
    String millis = xml.attribute("duration-ms");
    StringBuilder parameters = new StringBuilder();
    Thrown thrown = new Thrown();
    String output = null;
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "params" -> params(xml, parameters);
        case "exception" -> thrown.read(xml);
        case "reporter-output" -> output = xml.text();
        default -> xml.skip();
      }
    }
    String full = parameters.isEmpty() ? name : name + "(" + parameters + ")";
    CaseBuilder builder = new CaseBuilder(path, className, full);
    builder.duration(millis(millis)).type(thrown.type).stdout(output);
    switch (status) {
      case "PASS" -> {}
      case "FAIL" -> builder.failed(thrown.message, thrown.trace);
      case "SKIP" -> builder.skipped(thrown.message, thrown.trace);
      default -> builder.doubtful("status " + status, thrown.message);
    }
    String key = path + "\n" + className + "\n" + full;
    TestCase earlier = retried.remove(key);
    if (earlier != null) {
      builder.rerun(earlier.message(), null);
    }
    if (retry && retried.size() < MAX_RETRIED) {
      retried.put(key, builder.build());
    } else if (!config || builder.hasFailed()) {
      totals.take(builder.build());
    }
  }

  private static void params(XmlCursor xml, StringBuilder into) throws XMLStreamException {
    while (xml.nextChild()) {
      String value = xml.text();
      if (into.length() < CaseBuilder.MAX_MESSAGE_CHARS) {
        into.append(into.isEmpty() ? "" : ", ").append(value == null ? "null" : value);
      }
    }
  }

  private static Long millis(String text) {
    return text != null && text.matches("[0-9]{1,15}")
        ? ReportTimes.ofMillis(Double.parseDouble(text))
        : null;
  }

  private static final class Thrown {
    private String type;
    private String message;
    private String trace;

    void read(XmlCursor xml) throws XMLStreamException {
      type = xml.attribute("class");
      while (xml.nextChild()) {
        switch (xml.name()) {
          case "message" -> message = xml.text();
          case "full-stacktrace" -> trace = xml.text();
          default -> xml.skip();
        }
      }
    }
  }
}
