package io.cta.agent.report.xml;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.RunTotals;
import java.io.IOException;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/** Reads Visual Studio's TRX, twice: the class names of its results come at its end. */
final class TrxReader implements XmlFormat {
  private final XmlReportReader.XmlSecondPass file;
  private String outcome = "";

  TrxReader(XmlReportReader.XmlSecondPass file) {
    this.file = file;
  }

  @Override
  public void read(XmlCursor root, CaseSink sink)
      throws XMLStreamException, IOException, ReportFault {
    Map<String, String> classes = TrxClassNames.read(file);
    RunTotals totals = new RunTotals(sink);
    TrxResultReader results = new TrxResultReader(classes, totals);
    while (root.nextChild()) {
      switch (root.name()) {
        case "Results" -> results.read(root, null);
        case "ResultSummary" -> summary(root, totals, results);
        default -> root.skip();
      }
    }
    totals.check();
    boolean bad = outcome.matches("Failed|Error|Aborted|Timeout|Disconnected");
    if (bad && totals.failed() == 0) {
      throw ReportFault.contradicts("its outcome is " + outcome + ", and none of its cases failed");
    }
  }

  private void summary(XmlCursor xml, RunTotals totals, TrxResultReader results)
      throws XMLStreamException {
    String said = xml.attribute("outcome");
    outcome = said == null ? "" : said;
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "Counters" -> {
          long failed = xml.number("failed") + xml.number("error") + xml.number("timeout");
          // some tools count the rows of a data-driven test, others do not
          boolean more = xml.number("total") > results.elements();
          totals.claim(more ? xml.number("total") : 0, results.nested() ? 0 : failed);
          xml.skip();
        }
        case "RunInfos" -> infos(xml, totals);
        default -> xml.skip();
      }
    }
  }

  /** What went wrong outside of a case, such as a test host that crashed. */
  private static void infos(XmlCursor xml, RunTotals totals) throws XMLStreamException {
    while (xml.nextChild()) {
      boolean bad = "Error".equals(xml.attribute("outcome"));
      String text = xml.text();
      if (bad) {
        totals.take(new CaseBuilder(null, null, "(test run)").failed(text, null).build());
      }
    }
  }
}
