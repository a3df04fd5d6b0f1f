package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JUnitCountTest {
  private static final String REPORT =
      """
      <testsuites><testsuite name="a" tests="99" failures="0">
        <testcase name="1"/><testcase name="2"><system-out>failure</system-out></testcase>
        <testcase name="3"><failure/></testcase><testcase name="4"><error/></testcase>
        <testcase name="5"><skipped/></testcase><testcase name="6"><failure/><skipped/></testcase>
      </testsuite></testsuites>
      """;

  @TempDir Path dir;

  private void report(String path, String text) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void casesAreCountedWhateverTheAttributesOfTheSuiteSay() throws IOException {
    report("x/a.xml", REPORT);
    assertEquals(new JUnitCount(2, 3, 1), JUnitCount.below(dir));
  }

  @Test
  void aTruncatedReportIsAnErrorNotASmallCount() throws IOException {
    report("a.xml", REPORT.substring(0, 120));
    assertThrows(IOException.class, () -> JUnitCount.below(dir));
  }

  @Test
  void ofATestThatRanTwiceTheLastAttemptCounts() throws IOException {
    report("task-0/1/t/reports/a.xml", REPORT);
    report("task-0/2/t/reports/a.xml", "<testsuite><testcase/></testsuite>");
    report("task-0/1/u/reports/a.xml", "<testsuite><testcase/><testcase/></testsuite>");
    report("task-1/10/t/reports/a.xml", "<testsuite><testcase/></testsuite>");
    report("task-1/9/t/reports/a.xml", REPORT);
    assertEquals(new JUnitCount(4, 0, 0), KeptReports.count(dir));
  }

  @Test
  void noReportsAreNoCases() {
    assertEquals(JUnitCount.NONE, KeptReports.count(dir.resolve("nowhere")));
  }
}
