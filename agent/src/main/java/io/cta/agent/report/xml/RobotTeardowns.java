package io.cta.agent.report.xml;

import io.cta.agent.report.ReportFault;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/**
 * Finds the suites of a Robot file whose teardown failed, numbered in the order in which they
 * begin. Robot counts every test of such a suite as failed, but writes the teardown after the
 * tests.
 */
final class RobotTeardowns {
  private static final int MAX_ENTRIES = 10_000;

  private final Map<Integer, String> failed = new HashMap<>();
  private int suites;

  private RobotTeardowns() {}

  static Map<Integer, String> read(XmlReportReader.XmlSecondPass file) throws IOException {
    RobotTeardowns teardowns = new RobotTeardowns();
    try {
      file.with(teardowns::elements);
    } catch (ReportFault e) {
      // the reader of the tests meets the same fault, and reports it
      return teardowns.failed;
    }
    return teardowns.failed;
  }

  private void elements(XmlCursor xml) throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "robot" -> elements(xml);
        case "suite" -> suite(xml);
        default -> xml.skip();
      }
    }
  }

  private void suite(XmlCursor xml) throws XMLStreamException {
    int number = suites++;
    while (xml.nextChild()) {
      boolean teardown = "TEARDOWN".equalsIgnoreCase(xml.attribute("type"));
      if (xml.name().equals("suite")) {
        suite(xml);
      } else if (xml.name().equals("kw") && teardown) {
        teardown(xml, number);
      } else {
        xml.skip();
      }
    }
  }

  private void teardown(XmlCursor xml, int suite) throws XMLStreamException {
    while (xml.nextChild()) {
      boolean bad = xml.name().equals("status") && "FAIL".equals(xml.attribute("status"));
      String message = xml.text();
      if (bad && failed.size() < MAX_ENTRIES) {
        failed.put(suite, message == null ? "it failed" : message);
      }
    }
  }
}
