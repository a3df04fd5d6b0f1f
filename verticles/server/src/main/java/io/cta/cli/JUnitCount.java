package io.cta.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Counts test cases straight from JUnit XML files. Shares no code with the agents' reader of
 * reports, so that the two can be compared.
 */
record JUnitCount(int ok, int failed, int skipped) {
  static final JUnitCount NONE = new JUnitCount(0, 0, 0);

  JUnitCount plus(JUnitCount o) {
    return new JUnitCount(ok + o.ok, failed + o.failed, skipped + o.skipped);
  }

  int total() {
    return ok + failed + skipped;
  }

  @Override
  public String toString() {
    return ok + " ok, " + failed + " failed, " + skipped + " skipped";
  }

  /** Counts all XML files below a directory. */
  static JUnitCount below(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return NONE;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      JUnitCount sum = NONE;
      for (Path file : files.filter(f -> f.toString().endsWith(".xml")).toList()) {
        sum = sum.plus(of(file));
      }
      return sum;
    }
  }

  static JUnitCount of(Path file) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try (InputStream in = Files.newInputStream(file)) {
      return count(factory.createXMLStreamReader(in));
    } catch (XMLStreamException e) {
      throw new IOException(file + " is no XML: " + e.getMessage(), e);
    }
  }

  private static JUnitCount count(XMLStreamReader xml) throws XMLStreamException {
    int ok = 0;
    int failed = 0;
    int skipped = 0;
    String worst = "";
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "testcase" -> worst = "ok";
          case "failure", "error" -> worst = "failed";
          case "skipped" -> worst = worst.equals("failed") ? worst : "skipped";
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("testcase")) {
        ok += worst.equals("ok") ? 1 : 0;
        failed += worst.equals("failed") ? 1 : 0;
        skipped += worst.equals("skipped") ? 1 : 0;
      }
    }
    return new JUnitCount(ok, failed, skipped);
  }
}
