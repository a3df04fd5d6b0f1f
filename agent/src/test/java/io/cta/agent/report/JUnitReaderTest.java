package io.cta.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JUnit XML as the frameworks of this world write it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class JUnitReaderTest {
  @TempDir Path dir;
  private final List<Case> cases = new ArrayList<>();
  private String trouble;

  @Test
  void suitesMayBeNestedAndCasesHaveTheirClass() throws IOException {
    read(
        "<?xml version='1.0'?><testsuites><testsuite name='s'><properties><property name='p'/>"
            + "</properties><testsuite><testcase classname='a.B' name='c' time='1.234'/>"
            + "</testsuite><testcase name='d'><system-out>x</system-out></testcase></testsuite>"
            + "</testsuites>");
    assertNull(trouble);
    assertEquals(new Case("a.B#c", Result.OK, false, null, 1234L), cases.get(0));
    assertEquals(new Case("d", Result.OK, false, null, null), cases.get(1));
  }

  @Test
  void failuresErrorsAndSkipsAreToldApart() throws IOException {
    read(
        "<testsuite><testcase name='f'><failure message='expected' type='E'>at line 1</failure>"
            + "</testcase><testcase name='e'><error>boom</error></testcase>"
            + "<testcase name='s'><skipped message='not today'/></testcase>"
            + "<testcase name='fs'><skipped/><failure message='both'/></testcase></testsuite>");
    assertEquals(new Case("f", Result.FAILED, false, "expected\nat line 1", null), cases.get(0));
    assertEquals(new Case("e", Result.FAILED, false, "boom", null), cases.get(1));
    assertEquals(new Case("s", Result.INCONCLUSIVE, true, "not today", null), cases.get(2));
    assertEquals(Result.FAILED, cases.get(3).result());
    assertFalse(cases.get(3).skipped());
  }

  @Test
  void repeatedNamesAreCounted() throws IOException {
    read("<testsuite><testcase name='a'/><testcase name='a'/><testcase name='a'/></testsuite>");
    assertEquals(List.of("a", "a #2", "a #3"), cases.stream().map(Case::name).toList());
  }

  @Test
  void timesMayHaveThousandsAndNonsenseIsNoTime() throws IOException {
    read(
        "<s><testcase name='a' time='1,234.5'/><testcase name='b' time='soon'/>"
            + "<testcase name='c' time=''/></s>");
    assertEquals(1_234_500L, cases.get(0).durationMs());
    assertNull(cases.get(1).durationMs());
    assertNull(cases.get(2).durationMs());
  }

  @Test
  void ofACutFileWhatIsCompleteCounts() throws IOException {
    read("<testsuite><testcase name='a'/><testcase name='b'><failure>so");
    assertNotNull(trouble);
    assertEquals(1, cases.size());
    read("");
    assertNotNull(trouble);
  }

  @Test
  void entitiesOfOtherFilesAreNotRead() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret"), "top-secret");
    read(
        "<!DOCTYPE t [<!ENTITY x SYSTEM '"
            + secret.toUri()
            + "'>]><testsuite><testcase name='a'><failure>&x;</failure></testcase></testsuite>");
    assertTrue(cases.stream().noneMatch(c -> String.valueOf(c.message()).contains("top-secret")));
    assertNotNull(trouble);
  }

  @Test
  void entitiesThatGrowAreNotExpanded() throws IOException {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE t [<!ENTITY a0 'x'>");
    for (int i = 1; i < 40; i++) {
      bomb.append("<!ENTITY a").append(i).append(" '&a").append(i - 1).append(";&a");
      bomb.append(i - 1).append(";'>");
    }
    read(bomb + "]><testsuite><testcase name='a'><failure>&a39;</failure></testcase></testsuite>");
    assertNotNull(trouble);
  }

  @Test
  void messagesAreBoundedAndHugeFilesAreStreamed() throws IOException {
    Path file = dir.resolve("huge.xml");
    byte[] one =
        ("<testcase name='n'><failure>" + "y".repeat(100_000) + "</failure></testcase>")
            .getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("<testsuite>".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 1_000; i++) {
        out.write(one);
      }
      out.write("</testsuite>".getBytes(StandardCharsets.UTF_8));
    }
    AtomicInteger count = new AtomicInteger();
    assertNull(
        new JUnitReader()
            .read(
                file,
                c -> {
                  count.incrementAndGet();
                  assertTrue(c.message().length() <= 4_000);
                }));
    assertEquals(1_000, count.get());
  }

  private void read(String xml) throws IOException {
    trouble = new JUnitReader().read(Files.writeString(dir.resolve("r.xml"), xml), cases::add);
  }
}
