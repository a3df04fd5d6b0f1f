package io.cta.agent.report.xml;

import io.cta.agent.report.Case;
import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.RunTotals;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import javax.xml.stream.XMLStreamException;

/**
 * Robot Framework's {@code output.xml}. A suite that failed though none of its tests did, by its
 * teardown, is a failed case named after it.
 */
final class RobotReader implements XmlFormat {
  private static final DateTimeFormatter OLD_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd HH:mm:ss.SSS");

  private boolean suiteFailed;

  @Override
  public void read(XmlCursor root, CaseSink sink) throws XMLStreamException, ReportFault {
    RunTotals totals = new RunTotals(sink);
    while (root.nextChild()) {
      switch (root.name()) {
        case "suite" -> suite(root, null, totals);
        case "statistics" -> statistics(root, totals);
        default -> root.skip();
      }
    }
    // a failed teardown makes Robot count every test of the suite as failed
    if (!suiteFailed) {
      totals.check();
    }
  }

  private void suite(XmlCursor xml, String outer, RunTotals totals) throws XMLStreamException {
    String name = xml.attribute("name");
    String path = SuitePath.join(outer, name);
    long failedBefore = totals.failed();
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "suite" -> suite(xml, path, totals);
        case "test" -> totals.take(test(xml, path));
        case "status" -> {
          boolean failed = "FAIL".equals(xml.attribute("status"));
          String message = xml.text();
          if (failed && totals.failed() == failedBefore) {
            suiteFailed = true;
            totals.take(new CaseBuilder(outer, null, name).failed(message, null).build());
          }
        }
        default -> xml.skip();
      }
    }
  }

  private static Case test(XmlCursor xml, String path) throws XMLStreamException {
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
      switch (status) {
        case "PASS" -> {}
        case "FAIL" -> builder.failed(message, null);
        case "SKIP", "NOT RUN" -> builder.skipped(message, null);
        default -> builder.doubtful("status " + status, message);
      }
    }
    return told ? builder.build() : builder.doubtful("it has no status", null).build();
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
