package io.cta.agent.report.xml;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.TestCase;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/**
 * Reads JUnit XML in all its dialects: every {@code testcase}, at any depth of suites. A failure
 * outside of a case becomes a failed case named after its suite.
 */
final class JUnitReader implements XmlFormat {
  /** How {@code go test} names tests. Of several elements for one Go test the last counts. */
  private static final String GO_TEST = "(Test|Example|Fuzz|Benchmark)([^a-z\\s]\\S*)?";

  private static final int MAX_REMEMBERED = 10_000;

  private final Map<String, String> failedGoTests = new HashMap<>();

  @Override
  public void read(XmlCursor root, CaseSink sink) throws XMLStreamException, ReportFault {
    String name = root.name();
    boolean known = name.equals("testsuites") || name.equals("testsuite");
    SuiteSums sums = SuiteSums.of(root);
    if (name.equals("testcase")) {
      take(root, null, sums, sink);
    } else {
      suite(root, null, sums, sink);
    }
    if (!known && sums.isEmpty()) {
      throw ReportFault.unreadable("its root element <" + name + "> is of no format that is read");
    }
    String wrong = sums.contradiction();
    if (wrong != null) {
      throw ReportFault.contradicts(wrong);
    }
  }

  private void suite(XmlCursor xml, String outer, SuiteSums sums, CaseSink sink)
      throws XMLStreamException {
    String name = xml.attribute("name");
    String path = xml.name().equals("testsuite") ? SuitePath.join(outer, name) : outer;
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "testcase" -> take(xml, path, sums, sink);
        case "failure", "error" -> {
          sums.addFailureElement();
          sink.take(ofSuite(xml, outer, name));
        }
        case "system-out", "system-err" -> xml.skip();
        case "properties" -> properties(xml, sums);
        default -> {
          SuiteSums inner = SuiteSums.of(xml);
          suite(xml, path, inner, sink);
          sums.add(inner);
        }
      }
    }
  }

  private static void properties(XmlCursor xml, SuiteSums sums) throws XMLStreamException {
    while (xml.nextChild()) {
      if ("go.version".equals(xml.attribute("name"))) {
        sums.countsLines();
      }
      xml.skip();
    }
  }

  private static TestCase ofSuite(XmlCursor xml, String outer, String name)
      throws XMLStreamException {
    return new CaseBuilder(outer, null, name == null || name.isBlank() ? "(suite)" : name)
        .type(xml.attribute("type"))
        .failed(xml.attribute("message"), xml.text())
        .build();
  }

  private void take(XmlCursor xml, String path, SuiteSums sums, CaseSink sink)
      throws XMLStreamException {
    JUnitCaseReader reader = new JUnitCaseReader(xml, path);
    String key = goTest(path, xml.attribute("classname"), xml.attribute("name"));
    String earlier = key == null ? null : failedGoTests.remove(key);
    if (earlier != null) {
      reader.again(earlier);
    }
    TestCase one = reader.read();
    if (key != null && one.failed() && failedGoTests.size() < MAX_REMEMBERED) {
      failedGoTests.put(key, one.message() == null ? "failed" : one.message());
    }
    sums.add(one, reader.failureElements(), reader.isBareRun());
    sink.take(one);
  }

  /** The key of a Go test; null when it is none. */
  private static String goTest(String suite, String className, String name) {
    boolean one = className != null && className.equals(suite) && name != null;
    return one && name.matches(GO_TEST) ? className + "#" + name : null;
  }
}
