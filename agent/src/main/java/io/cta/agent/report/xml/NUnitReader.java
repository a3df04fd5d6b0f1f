package io.cta.agent.report.xml;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.RunTotals;
import javax.xml.stream.XMLStreamException;

/** Reads NUnit 3. A suite that failed without a failed case becomes a failed case itself. */
final class NUnitReader implements XmlFormat {
  @Override
  public void read(XmlCursor root, CaseSink sink) throws XMLStreamException, ReportFault {
    RunTotals totals = new RunTotals(sink);
    totals.claim(root.number("total"), root.number("failed"));
    boolean failed = failed(root.attribute("result"));
    while (root.nextChild()) {
      if (root.name().equals("test-suite")) {
        suite(root, null, totals);
      } else {
        root.skip();
      }
    }
    totals.check();
    if (failed && totals.failed() == 0) {
      throw ReportFault.contradicts("its result is Failed, and none of its cases failed");
    }
  }

  private static void suite(XmlCursor xml, String outer, RunTotals totals)
      throws XMLStreamException {
    String name = xml.attribute("name");
    String path = SuitePath.join(outer, name);
    boolean failed = failed(xml.attribute("result"));
    long before = totals.failed();
    Failure failure = new Failure();
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "test-suite" -> suite(xml, path, totals);
        case "test-case" -> test(xml, path, totals);
        case "failure" -> failure.read(xml);
        default -> xml.skip();
      }
    }
    if (failed && totals.failed() == before) {
      totals.take(
          new CaseBuilder(outer, null, name == null ? "(suite)" : name)
              .failed(failure.message, failure.trace)
              .build());
    }
  }

  private static void test(XmlCursor xml, String path, RunTotals totals) throws XMLStreamException {
    CaseBuilder builder = new CaseBuilder(path, xml.attribute("classname"), xml.attribute("name"));
    builder.duration(ReportTimes.millis(xml.attribute("duration")));
    String result = String.valueOf(xml.attribute("result"));
    Failure failure = new Failure();
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "failure", "reason" -> failure.read(xml);
        case "output" -> builder.stdout(xml.text());
        case "properties" -> properties(xml, builder);
        case "attachments" -> attachments(xml, builder);
        default -> xml.skip();
      }
    }
    switch (result) {
      case "Passed" -> {}
      case "Failed" -> builder.failed(failure.message, failure.trace);
      case "Skipped" -> builder.skipped(failure.message, failure.trace);
      default -> builder.doubtful("result " + result, failure.message);
    }
    totals.take(builder.build());
  }

  private static void properties(XmlCursor xml, CaseBuilder builder) throws XMLStreamException {
    while (xml.nextChild()) {
      builder.property(xml.attribute("name"), xml.attribute("value"));
      xml.skip();
    }
  }

  private static void attachments(XmlCursor xml, CaseBuilder builder) throws XMLStreamException {
    while (xml.nextChild()) {
      while (xml.nextChild()) {
        if (xml.name().equals("filePath")) {
          builder.attachment(xml.text());
        } else {
          xml.skip();
        }
      }
    }
  }

  private static boolean failed(String result) {
    return result != null && result.startsWith("Failed");
  }

  private static final class Failure {
    private String message;
    private String trace;

    void read(XmlCursor xml) throws XMLStreamException {
      while (xml.nextChild()) {
        switch (xml.name()) {
          case "message" -> message = xml.text();
          case "stack-trace" -> trace = xml.text();
          default -> xml.skip();
        }
      }
    }
  }
}
