package io.cta.agent.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Streams JUnit XML: every {@code testcase}, however deep its suites are nested. Document types and
 * external entities are off. Of a file that is cut off or broken, what could be read counts.
 */
public final class JUnitReader {
  private final XMLInputFactory factory;
  private final Names names = new Names();

  public JUnitReader() {
    factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("entities are not allowed");
        });
  }

  /**
   * Reads a file; names of cases are unique over all files of one reader.
   *
   * @return null when it was read to its end, else what is wrong with it
   */
  public String read(Path file, CaseSink sink) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, sink);
    }
  }

  private String read(InputStream in, CaseSink sink) throws IOException {
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      CaseReader cases = new CaseReader(xml, names);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("testcase")) {
          sink.take(cases.read());
        }
      }
      return null;
    } catch (XMLStreamException e) {
      return Text.bounded(String.valueOf(e.getMessage()).replaceAll("\\s+", " "), 300);
    }
  }
}
