package io.cta.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.CaseDetails;
import io.cta.domain.CaseDetailsBuilder;
import io.cta.domain.Result;
import io.cta.domain.State;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class JUnitExportTest {
  /** What GitLab takes of a file. */
  private static final int GITLAB_BYTES = 25_000_000;

  @Test
  void writesOneSuiteForEachTestAndMachineWithItsSums() {
    Document xml =
        parsed(
            new ExportFixtures()
                .status(1, "a.B#c", Result.OK, null, null)
                .status(1, "a.B#d", Result.FAILED, "no\nmore", details("at B:1", null))
                .status(2, "deploy", null, Result.PARTIAL, "stage x", null)
                .status(2, "a.B#c", Result.INCONCLUSIVE, "lost", null)
                .text(ExportFormat.JUNIT));
    List<Element> suites = all(xml, "testsuite");
    assertEquals(3, suites.size());
    assertEquals("unit on build-1", suites.get(0).getAttribute("name"));
    for (String[] sum :
        new String[][] {{"tests", "2"}, {"failures", "1"}, {"errors", "0"}, {"skipped", "0"}}) {
      assertEquals(sum[1], suites.get(0).getAttribute(sum[0]));
    }
    assertEquals("28058.510", suites.get(0).getAttribute("time"));
    Element failure = all(xml, "failure").get(0);
    assertEquals("no", failure.getAttribute("message"));
    assertEquals("no\nmore\nat B:1", failure.getTextContent());
    assertEquals("lost", all(xml, "error").get(0).getAttribute("message"));
  }

  @Test
  void writesNumbersAlikeInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      for (String country : List.of("de-DE", "ar-EG", "hi-IN-u-nu-deva")) {
        Locale.setDefault(Locale.forLanguageTag(country));
        String text =
            new ExportFixtures().status(1, "c", Result.OK, null, null).text(ExportFormat.JUNIT);
        assertTrue(text.contains("time=\"14029.255\""), text);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void noTwoCasesHaveOneNameByTheRulesOfGitLab() {
    ExportFixtures execution = new ExportFixtures();
    for (int machine = 1; machine <= 3; machine++) {
      for (int i = 0; i < 10; i++) {
        execution.status(machine, "a.B#c" + i % 5, Result.OK, null, null);
      }
    }
    Set<String> names = new HashSet<>();
    for (Element one : all(parsed(execution.text(ExportFormat.JUNIT)), "testcase")) {
      names.add(one.getAttribute("classname") + " " + one.getAttribute("name"));
    }
    assertEquals(31, names.size(), names.toString());
    assertTrue(names.contains("build-2.unit.a.B c1"), names.toString());
    assertTrue(names.contains("build-2.unit.a.B c1 (2)"), names.toString());
  }

  @Test
  void aStrictParserReadsWhateverTestsWrote() {
    Random random = new Random(20261129);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      char[] chars = new char[random.nextInt(20)];
      for (int c = 0; c < chars.length; c++) {
        chars[c] = (char) random.nextInt(0x10000);
      }
      String hostile =
          new String(bytes, StandardCharsets.UTF_8)
              + new String(chars)
              + "]]>&<\u0000\u001b[31m\ufffe\ud800😀\r\n";
      Document xml =
          parsed(
              new ExportFixtures()
                  .status(1, hostile, Result.FAILED, hostile, details(hostile, hostile))
                  .text(ExportFormat.JUNIT));
      String read = all(xml, "system-out").get(0).getTextContent();
      assertTrue(read.endsWith("]]>&<\ufffd\ufffd[31m\ufffd\ufffd😀\r\n"), read);
    }
  }

  @Test
  void anExecutionWithoutCasesIsNoGreenFile() {
    Document nothing = parsed(new ExportFixtures().text(ExportFormat.JUNIT));
    assertEquals(
        "finished, failed: noMachine", all(nothing, "error").get(0).getAttribute("message"));
    Document timeout =
        parsed(
            new ExportFixtures()
                .ended(State.TIMEOUT, Result.INCONCLUSIVE)
                .status(1, "c", Result.OK, null, null)
                .text(ExportFormat.JUNIT));
    assertEquals(1, all(timeout, "error").size());
    Document running =
        parsed(
            new ExportFixtures()
                .ended(State.RUNNING, Result.OK)
                .status(1, "c", Result.OK, null, null)
                .text(ExportFormat.JUNIT));
    assertEquals(
        "the execution is still running", all(running, "error").get(0).getAttribute("message"));
    Document ok =
        parsed(
            new ExportFixtures()
                .ended(State.FINISHED, Result.OK)
                .status(1, "c", Result.OK, null, null)
                .text(ExportFormat.JUNIT));
    assertEquals(0, all(ok, "error").size());
  }

  @Test
  void aLargeFileSaysLessAndNeverLosesThatSomethingFailed() {
    ExportFixtures execution = new ExportFixtures();
    String text = "0123456789".repeat(1_000);
    for (int i = 0; i < 3_000; i++) {
      execution.status(1, "test-" + i, "ok", Result.OK, null, details(null, text));
      execution.status(1, "test-" + i, "no", Result.FAILED, "m", details(text, text));
    }
    String file = execution.text(ExportFormat.JUNIT);
    assertTrue(file.length() < GITLAB_BYTES, "size " + file.length());
    Document xml = parsed(file);
    List<Element> errors = all(xml, "error");
    int failed = all(xml, "failure").size();
    assertTrue(failed > 1_500, failed + " failures");
    if (failed < 3_000) {
      assertEquals(
          3_000 - failed + " cases that are not ok are left out: the file would be too large",
          errors.get(0).getAttribute("message"));
    }
    assertTrue(file.contains("left out so far"), "says what is left out");
  }

  private static CaseDetails details(String trace, String stdout) {
    return CaseDetailsBuilder.builder().trace(trace).stdout(stdout).build();
  }

  private static Document parsed(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    } catch (Exception e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static List<Element> all(Document xml, String name) {
    NodeList found = xml.getElementsByTagName(name);
    List<Element> out = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      out.add((Element) found.item(i));
    }
    return out;
  }
}
