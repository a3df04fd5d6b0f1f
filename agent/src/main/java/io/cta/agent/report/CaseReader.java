package io.cta.agent.report;

import io.cta.domain.Result;
import java.math.BigDecimal;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads one {@code testcase} element, from its start to its end. */
final class CaseReader {
  private static final int MAX_MESSAGE = 4_000;
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private final XMLStreamReader xml;
  private final Names names;

  CaseReader(XMLStreamReader xml, Names names) {
    this.xml = xml;
    this.names = names;
  }

  Case read() throws XMLStreamException {
    String name = name(xml.getAttributeValue(null, "classname"), attribute("name"));
    Long duration = millis(xml.getAttributeValue(null, "time"));
    Result result = Result.OK;
    boolean skipped = false;
    String message = null;
    int depth = 1;
    while (depth > 0) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "failure", "error" -> {
            message = message == null || result == Result.OK ? complaint() : message;
            result = Result.FAILED;
          }
          case "skipped" -> {
            skipped = true;
            message = message == null ? complaint() : message;
          }
          default -> depth++;
        }
      }
    }
    if (result == Result.FAILED) {
      skipped = false;
    } else if (skipped) {
      result = Result.INCONCLUSIVE;
    }
    return new Case(names.unique(name), result, skipped, message, duration);
  }

  /** The message and the text of the element that begins here, up to its end. */
  private String complaint() throws XMLStreamException {
    String message = xml.getAttributeValue(null, "message");
    StringBuilder text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> append(text);
        default -> {}
      }
    }
    String body = text.toString().strip();
    if (message == null || message.isBlank() || body.contains(message.strip())) {
      return body.isEmpty() ? message : Text.bounded(body, MAX_MESSAGE);
    }
    return Text.bounded(body.isEmpty() ? message : message + "\n" + body, MAX_MESSAGE);
  }

  private void append(StringBuilder text) {
    int room = MAX_MESSAGE + 1 - text.length();
    if (room > 0) {
      String more = xml.getText();
      text.append(more, 0, Math.min(room, more.length()));
    }
  }

  private String attribute(String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null || value.isBlank() ? "(unnamed)" : value;
  }

  private static String name(String className, String name) {
    return className == null || className.isBlank() ? name : className + "#" + name;
  }

  /** Seconds, perhaps with a comma for the thousands. */
  private static Long millis(String seconds) {
    if (seconds == null || seconds.isBlank() || seconds.length() > 40) {
      return null;
    }
    try {
      return new BigDecimal(seconds.strip().replace(",", "")).multiply(THOUSAND).longValue();
    } catch (NumberFormatException odd) {
      return null;
    }
  }
}
