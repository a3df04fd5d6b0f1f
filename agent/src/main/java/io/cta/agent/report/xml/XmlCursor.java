package io.cta.agent.report.xml;

import io.cta.agent.report.TextBuffer;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks through a document element by element. The caller consumes every element it is given, by
 * {@link #nextChild} until that is false, by {@link #text} or by {@link #skip}.
 */
final class XmlCursor {
  private static final int MAX_DEPTH = 500;

  private final XMLStreamReader xml;
  private int depth;

  XmlCursor(XMLStreamReader xml) {
    this.xml = xml;
  }

  /** Goes to the next element within this one; false, at this one's end, when there is none. */
  boolean nextChild() throws XMLStreamException {
    while (true) {
      switch (next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          return true;
        }
        case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
          return false;
        }
        default -> {}
      }
    }
  }

  /** The name of the element without its prefix. */
  String name() {
    String name = xml.getLocalName();
    return name.substring(name.indexOf(':') + 1);
  }

  /** An attribute of the current element, or null. */
  String attribute(String name) {
    return xml.getAttributeValue(null, name);
  }

  /** A whole number in an attribute, or 0. */
  long number(String name) {
    String value = attribute(name);
    return value != null && value.strip().matches("[0-9]{1,9}") ? Long.parseLong(value.strip()) : 0;
  }

  /** All text of the element, up to the limit of an output; null when there is none. */
  String text() throws XMLStreamException {
    TextBuffer text = new TextBuffer(16_000, 16_000);
    text(text);
    return text.text();
  }

  void text(TextBuffer into) throws XMLStreamException {
    for (int end = depth - 1; depth > end; ) {
      if (next() == XMLStreamConstants.CHARACTERS) {
        into.append(xml.getText());
      }
    }
  }

  void skip() throws XMLStreamException {
    for (int end = depth - 1; depth > end; ) {
      next();
    }
  }

  private int next() throws XMLStreamException {
    int event = xml.next();
    if (event == XMLStreamConstants.START_ELEMENT) {
      if (++depth > MAX_DEPTH) {
        throw new XMLStreamException("elements are nested too deeply");
      }
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    }
    return event;
  }
}
