package io.cta.agent.report.xml;

import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import java.io.IOException;
import javax.xml.stream.XMLStreamException;

/** Reads the documents of one format. */
interface XmlFormat {
  /**
   * @param root at the start of the root element; it is read to its end
   */
  void read(XmlCursor root, CaseSink sink) throws XMLStreamException, IOException, ReportFault;
}
