package io.cta.agent.report.xml;

import io.cta.agent.report.ReportFault;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/** The classes of the tests that a TRX file defines, by the tests' ids. */
final class TrxClassNames {
  private static final int MAX_ENTRIES = 200_000;

  private final Map<String, String> classes = new HashMap<>();

  private TrxClassNames() {}

  static Map<String, String> read(XmlReportReader.XmlSecondPass file) throws IOException {
    TrxClassNames names = new TrxClassNames();
    try {
      file.with(
          reports -> {
            while (reports.nextChild()) {
              names.run(reports);
            }
          });
    } catch (ReportFault e) {
      // the reader of the results meets the same fault, and reports it
      return names.classes;
    }
    return names.classes;
  }

  private void run(XmlCursor xml) throws XMLStreamException {
    while (xml.nextChild()) {
      if (!xml.name().equals("TestDefinitions")) {
        xml.skip();
        continue;
      }
      while (xml.nextChild()) {
        definition(xml);
      }
    }
  }

  private void definition(XmlCursor xml) throws XMLStreamException {
    String id = xml.attribute("id");
    while (xml.nextChild()) {
      String name = xml.name().equals("TestMethod") ? xml.attribute("className") : null;
      if (id != null && name != null && classes.size() < MAX_ENTRIES) {
        int assembly = name.indexOf(',');
        classes.put(id, assembly < 0 ? name : name.substring(0, assembly));
      }
      xml.skip();
    }
  }
}
