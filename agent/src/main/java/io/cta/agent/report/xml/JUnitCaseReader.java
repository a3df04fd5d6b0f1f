package io.cta.agent.report.xml;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.TestCase;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** Reads one {@code testcase} element. The worst result anywhere in it counts. */
final class JUnitCaseReader {
  private static final Set<String> FAILED =
      Set.of("failed", "failure", "error", "fail", "errored", "broken", "crashed", "timeout");
  private static final Set<String> SKIPPED =
      Set.of(
          "ignored",
          "disabled",
          "skipped",
          "skip",
          "notrun",
          "not run",
          "not_run",
          "pending",
          "suppressed",
          "todo",
          "filtered");

  private final XmlCursor xml;
  private final CaseBuilder builder;
  private final String status;
  private final String result;
  private int failureElements;

  /**
   * @param xml at the start of the element
   */
  JUnitCaseReader(XmlCursor xml, String suite) {
    this.xml = xml;
    String className = xml.attribute("classname");
    String known = className == null ? xml.attribute("class") : className;
    this.builder = new CaseBuilder(suite, known, xml.attribute("name"));
    this.status = word("status");
    this.result = word("result");
    builder.duration(ReportTimes.millis(xml.attribute("time")));
    builder.source(xml.attribute("file"), xml.attribute("line"));
  }

  void again(String failure) {
    builder.again(List.of(failure));
  }

  /** How many failures and errors are in it, those of earlier runs included. */
  int failureElements() {
    return failureElements;
  }

  /** Whether it says only that it ran, and nothing of its result. */
  boolean isBareRun() {
    return status.equals("run") && result.isEmpty();
  }

  TestCase read() throws XMLStreamException {
    elements();
    statusWords();
    return builder.build();
  }

  private void elements() throws XMLStreamException {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "failure", "error" -> {
          failureElements++;
          String message = xml.attribute("message");
          builder.type(xml.attribute("type")).failed(message, xml.text());
        }
        case "flakyFailure", "flakyError", "rerunFailure", "rerunError" -> {
          failureElements++;
          String message = xml.attribute("message");
          builder.rerun(message == null ? xml.attribute("type") : message, xml.text());
        }
        case "warning", "risky", "incomplete" -> {
          String message = xml.attribute("message");
          builder.type(xml.attribute("type")).doubtful(message, xml.text());
        }
        case "skipped", "skip", "ignored", "disabled" -> skipped();
        case "system-out" -> output(true);
        case "system-err" -> output(false);
        case "properties" -> properties();
        // a failure may be deeper
        default -> elements();
      }
    }
  }

  private void skipped() throws XMLStreamException {
    String message = xml.attribute("message");
    if ("todo".equals(xml.attribute("type"))) {
      builder.todo(message, xml.text());
    } else {
      builder.skipped(message, xml.text());
    }
  }

  /** The status attributes count where the elements say nothing. */
  private void statusWords() {
    if (FAILED.contains(status) || FAILED.contains(result)) {
      if (!builder.hasFailed()) {
        builder.failed(null, null);
      }
    } else if (SKIPPED.contains(status) || SKIPPED.contains(result)) {
      builder.skipped(null, null);
    }
  }

  private void output(boolean out) throws XMLStreamException {
    var text = CaseBuilder.output();
    xml.text(text);
    if (out) {
      builder.stdout(text.text());
    } else {
      builder.stderr(text.text());
    }
  }

  private void properties() throws XMLStreamException {
    while (xml.nextChild()) {
      String name = xml.attribute("name");
      String value = xml.attribute("value");
      String text = xml.text();
      builder.property(name, value == null ? text : value);
    }
  }

  private String word(String attribute) {
    String value = xml.attribute(attribute);
    return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
  }
}
