package io.cta.agent.report.xml;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.RunTotals;
import javax.xml.stream.XMLStreamException;

/** Reads xUnit.net 2. Errors of an assembly, outside of its tests, become failed cases. */
final class XUnitReader implements XmlFormat {
  @Override
  public void read(XmlCursor root, CaseSink sink) throws XMLStreamException, ReportFault {
    if (root.name().equals("assembly")) {
      assembly(root, sink);
      return;
    }
    while (root.nextChild()) {
      if (root.name().equals("assembly")) {
        assembly(root, sink);
      } else {
        root.skip();
      }
    }
  }

  private static void assembly(XmlCursor xml, CaseSink sink)
      throws XMLStreamException, ReportFault {
    RunTotals totals = new RunTotals(sink);
    totals.claim(xml.number("total"), xml.number("failed") + xml.number("errors"));
    String path = xml.attribute("name");
    String name =
        path == null
            ? null
            : path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "errors" -> errors(xml, name, totals);
        case "collection" -> {
          while (xml.nextChild()) {
            test(xml, name, totals);
          }
        }
        default -> xml.skip();
      }
    }
    totals.check();
  }

  private static void errors(XmlCursor xml, String assembly, RunTotals totals)
      throws XMLStreamException {
    while (xml.nextChild()) {
      String type = xml.attribute("type");
      String name = xml.attribute("name");
      CaseBuilder builder = new CaseBuilder(assembly, null, name == null ? type : name);
      builder.failed(type, null);
      while (xml.nextChild()) {
        failure(xml, builder);
      }
      totals.take(builder.build());
    }
  }

  private static void test(XmlCursor xml, String assembly, RunTotals totals)
      throws XMLStreamException {
    String className = xml.attribute("type");
    String name = xml.attribute("name");
    boolean full = className != null && name != null && name.startsWith(className + ".");
    CaseBuilder builder =
        new CaseBuilder(assembly, className, full ? name.substring(className.length() + 1) : name);
    builder.duration(ReportTimes.millis(xml.attribute("time")));
    builder.source(xml.attribute("source-file"), xml.attribute("source-line"));
    String result = String.valueOf(xml.attribute("result"));
    String reason = null;
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "failure" -> failure(xml, builder);
        case "reason" -> reason = xml.text();
        case "output" -> builder.stdout(xml.text());
        case "traits" -> traits(xml, builder);
        default -> xml.skip();
      }
    }
    switch (result) {
      case "Pass" -> {}
      case "Fail" -> {
        if (!builder.hasFailed()) {
          builder.failed(reason, null);
        }
      }
      case "Skip", "NotRun" -> builder.skipped(reason, null);
      default -> builder.doubtful("result " + result, reason);
    }
    totals.take(builder.build());
  }

  private static void failure(XmlCursor xml, CaseBuilder builder) throws XMLStreamException {
    builder.type(xml.attribute("exception-type"));
    String message = null;
    String trace = null;
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "message" -> message = xml.text();
        case "stack-trace" -> trace = xml.text();
        default -> xml.skip();
      }
    }
    builder.failed(message, trace);
  }

  private static void traits(XmlCursor xml, CaseBuilder builder) throws XMLStreamException {
    while (xml.nextChild()) {
      builder.property(xml.attribute("name"), xml.attribute("value"));
      xml.skip();
    }
  }
}
