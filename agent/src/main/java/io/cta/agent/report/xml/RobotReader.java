package io.cta.agent.report.xml;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.RunTotals;
import io.cta.agent.report.TestCase;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/**
 * Reads Robot Framework's {@code output.xml}. A suite that failed without a failed test becomes a
 * failed case named after the suite.
 */
final class RobotReader implements XmlFormat {
  private static final DateTimeFormatter OLD_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd HH:mm:ss.SSS");

  private final XmlReportReader.XmlSecondPass file;
  private Map<Integer, String> teardowns = Map.of();
  private int suites;

  RobotReader(XmlReportReader.XmlSecondPass file) {
    this.file = file;
  }

  @Override
  public void read(XmlCursor root, CaseSink sink)
      throws XMLStreamException, IOException, ReportFault {
    teardowns = RobotTeardowns.read(file);
    RunTotals totals = new RunTotals(sink);
    while (root.nextChild()) {
      switch (root.name()) {
        case "suite" -> suite(root, null, null, totals);
        case "statistics" -> statistics(root, totals);
        default -> root.skip();
      }
    }
    totals.check();
  }

  private void suite(XmlCursor xml, String outer, String outerTeardown, RunTotals totals)
      throws XMLStreamException {
    String teardown = teardowns.getOrDefault(suites++, outerTeardown);
    String name = xml.attribute("name");
    String path = SuitePath.join(outer, name);
    long failedBefore = totals.failed();
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "suite" -> suite(xml, path, teardown, totals);
        case "test" -> totals.take(test(xml, path, teardown));
        case "status" -> {
          boolean failed = "FAIL".equals(xml.attribute("status"));
          String message = xml.text();
          if (failed && totals.failed() == failedBefore) {
            totals.take(new CaseBuilder(outer, null, name).failed(message, null).build());
          }
        }
        default -> xml.skip();
      }
    }
  }

  private static TestCase test(XmlCursor xml, String path, String teardown)
      throws XMLStreamException {
    CaseBuilder builder = new CaseBuilder(path, null, xml.attribute("name"));
    builder.source(null, xml.attribute("line"));
    boolean told = false;
    while (xml.nextChild()) {
      if (!xml.name().equals("status")) {
        xml.skip();
        continue;
      }
      told = true;
      String status = String.valueOf(xml.attribute("status"));
      builder.duration(duration(xml));
      String message = xml.text();
      if (teardown != null && !status.equals("SKIP")) {
        builder.failed("the teardown of its suite failed", teardown);
      }
      switch (status) {
        case "PASS" -> {}
        case "FAIL" -> builder.failed(message, null);
        case "SKIP", "NOT RUN" -> builder.skipped(message, null);
        default -> builder.doubtful("status " + status, message);
      }
    }
    if (!told) {
      builder.doubtful("it has no status", null);
    }
    return builder.build();
  }

  private static void statistics(XmlCursor xml, RunTotals totals) throws XMLStreamException {
    while (xml.nextChild()) {
      if (!xml.name().equals("total")) {
        xml.skip();
        continue;
      }
      while (xml.nextChild()) {
        long failed = xml.number("fail");
        totals.claim(xml.number("pass") + failed + xml.number("skip"), failed);
        xml.skip();
      }
    }
  }

  private static Long duration(XmlCursor xml) {
    String elapsed = xml.attribute("elapsed");
    if (elapsed != null) {
      return ReportTimes.millis(elapsed);
    }
    try {
      LocalDateTime start = LocalDateTime.parse(text(xml, "starttime"), OLD_TIME);
      LocalDateTime end = LocalDateTime.parse(text(xml, "endtime"), OLD_TIME);
      return ReportTimes.ofMillis(Duration.between(start, end).toMillis());
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static String text(XmlCursor xml, String attribute) {
    return String.valueOf(xml.attribute(attribute));
  }
}
