package io.cta.agent.report.xml;

import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.TextSource;
import io.cta.text.TextCut;
import java.io.IOException;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/** Reads a report in XML; the root element of each of its documents tells the format. */
public final class XmlReportReader {
  private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

  public XmlReportReader() {
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
  }

  /** Reads all documents of a file; what was read before something is wrong counts. */
  public void read(TextSource source, CaseSink sink) throws IOException, ReportFault {
    with(
        source,
        reports -> {
          int documents = 0;
          for (; reports.nextChild(); documents++) {
            format(reports.name(), source).read(reports, sink);
          }
          if (documents == 0) {
            throw ReportFault.truncated("it ends before its first element");
          }
        });
  }

  private XmlFormat format(String root, TextSource source) {
    return switch (root) {
      case "robot" -> new RobotReader(pass -> with(source, pass));
      case "TestRun" -> new TrxReader(pass -> with(source, pass));
      case "test-run" -> new NUnitReader();
      case "assemblies", "assembly" -> new XUnitReader();
      case "testng-results" -> new TestNgReader();
      default -> new JUnitReader();
    };
  }

  private void with(TextSource source, XmlPass pass) throws IOException, ReportFault {
    try (Reader text = source.open();
        XmlRepairReader repaired = new XmlRepairReader(text)) {
      try {
        XmlCursor cursor = new XmlCursor(factory.createXMLStreamReader(repaired));
        if (cursor.nextChild()) {
          pass.through(cursor);
        }
      } catch (XMLStreamException e) {
        if (e.getNestedException() instanceof IOException cause) {
          throw cause;
        }
        if (repaired.endedInside()) {
          throw ReportFault.truncated("it ends in the middle");
        }
        String what = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        throw ReportFault.unreadable(TextCut.shortened(what, 300));
      }
    }
  }

  /** Reads the documents of a file: the children of the element that it is given. */
  interface XmlPass {
    void through(XmlCursor reports) throws XMLStreamException, IOException, ReportFault;
  }

  /** Reads a file once more. */
  interface XmlSecondPass {
    void with(XmlPass pass) throws IOException, ReportFault;
  }
}
