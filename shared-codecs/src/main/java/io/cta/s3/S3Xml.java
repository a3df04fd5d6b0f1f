package io.cta.s3;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the small XML documents of a store, without anything that could lead out of them. */
final class S3Xml {
  private S3Xml() {}

  /** The texts of the elements right below a root of that name; empty for what is none. */
  static Map<String, String> fieldsOf(String root, byte[] document) {
    Map<String, String> fields = new HashMap<>();
    try {
      XMLStreamReader in = reader(document);
      boolean wanted = false;
      for (int depth = 0; in.hasNext(); ) {
        int event = in.next();
        if (event == XMLStreamConstants.END_ELEMENT) {
          depth--;
        } else if (event == XMLStreamConstants.START_ELEMENT && depth++ == 0) {
          wanted = in.getLocalName().equals(root);
        } else if (event == XMLStreamConstants.START_ELEMENT && depth == 2 && wanted) {
          String name = in.getLocalName();
          fields.put(name, text(in));
          depth--;
        }
      }
      return fields;
    } catch (XMLStreamException e) {
      return fields; // what was read of it
    }
  }

  static XMLStreamReader reader(byte[] document) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    int begin = 0; // some stores send blanks as long as they work
    while (begin < document.length && document[begin] <= ' ' && document[begin] > 0) {
      begin++;
    }
    return factory.createXMLStreamReader(
        new ByteArrayInputStream(document, begin, document.length - begin));
  }

  /** The text up to the end of the element at which the reader is; elements in it are left out. */
  static String text(XMLStreamReader in) throws XMLStreamException {
    StringBuilder out = new StringBuilder();
    for (int open = 1; open > 0; ) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> open++;
        case XMLStreamConstants.END_ELEMENT -> open--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (open == 1) {
            out.append(in.getText());
          }
        }
        default -> {} // comments
      }
    }
    return out.toString();
  }
}
