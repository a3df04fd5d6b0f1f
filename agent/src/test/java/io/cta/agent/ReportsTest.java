package io.cta.agent;

import static io.cta.agent.TaskBuilder.limited;
import static io.cta.agent.TaskBuilder.stage;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Repository;
import io.cta.domain.Result;
import io.cta.domain.StatusSource;
import io.cta.message.StatusReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tests write into JUnit XML files becomes their result. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReportsTest {
  private static final String TWO =
      "echo '<testsuite><testcase classname=\"C\" name=\"good\" time=\"0.5\"/>"
          + "<testcase classname=\"C\" name=\"bad\"><failure message=\"no\"/></testcase>"
          + "</testsuite>' > r/a.xml";

  @TempDir static Path dir;
  private static TestServer server;
  private static InProcessAgent agent;

  @BeforeAll
  static void start() {
    server = new TestServer();
    agent = new InProcessAgent(server, dir, 4);
  }

  @AfterAll
  static void stop() {
    agent.close();
    server.close();
  }

  @Test
  void theCasesOfAReportAreTheTestsResult() {
    server.run(task("cases").reporting("t", "r/*.xml", stage("mkdir r; " + TWO + "; exit 1")));
    server.confirmedEvents.ended("cases");
    List<StatusReport> statuses = server.confirmedEvents.statuses("cases");
    assertEquals("C#good", statuses.get(0).name());
    assertEquals(500, statuses.get(0).durationMs());
    assertEquals(Result.OK, statuses.get(0).result());
    assertEquals(StatusSource.REPORT, statuses.get(0).source());
    assertEquals("C#bad", statuses.get(1).name());
    assertEquals(Result.FAILED, statuses.get(1).result());
    assertEquals("no", statuses.get(1).message());
  }

  @Test
  void aReportThatIsMissingIsNeverOk() {
    server.run(
        task("missing")
            .reporting("zero", "r/*.xml", stage("true"))
            .reporting("one", "r/*.xml", stage("exit 1")));
    server.confirmedEvents.ended("missing");
    assertNotEquals(Result.OK, server.confirmedEvents.statuses("missing").get(0).result());
    assertEquals(Result.FAILED, server.confirmedEvents.statuses("missing").get(1).result());
  }

  @Test
  void ofATruncatedReportWhatIsThereCountsAndTheTestIsInconclusive() {
    server.run(
        task("cut")
            .reporting(
                "t",
                "r/*.xml",
                stage("mkdir r; echo '<testsuite><testcase name=\"a\"/><testcase na' > r/a.xml")));
    server.confirmedEvents.ended("cut");
    List<StatusReport> statuses = server.confirmedEvents.statuses("cut");
    assertEquals("a", statuses.get(0).name());
    assertEquals(Result.OK, statuses.get(0).result());
    assertEquals("reportTruncated", statuses.get(1).reason());
    assertEquals(Result.INCONCLUSIVE, statuses.get(1).result());
  }

  @Test
  void testsThatShareAWorkspaceDoNotReadEachOthersReports() {
    server.run(
        task("shared")
            .reporting("a", "r/*.xml", stage("mkdir r; " + TWO))
            .reporting("b", "r/*.xml", stage("true"))
            .reporting("c", "r/*.xml", stage(TWO)));
    server.confirmedEvents.ended("shared");
    List<String> tests =
        server.confirmedEvents.statuses("shared").stream().map(StatusReport::testName).toList();
    assertEquals(List.of("a", "a", "b", "c", "c"), tests);
    assertNotEquals(Result.OK, server.confirmedEvents.statuses("shared").get(2).result());
  }

  @Test
  void aReportThatAnInputBroughtCountsWhenItIsNamed() throws IOException {
    Path old =
        Files.writeString(dir.resolve("old.xml"), "<testsuite><testcase name='n'/></testsuite>");
    Files.setLastModifiedTime(old, FileTime.fromMillis(1_000_000_000_000L));
    Repository input = new Repository(null, "local", null, null, old.toString(), null, null, null);
    server.run(
        task("brought")
            .input(input)
            .reporting("named", "old.xml", stage("true"))
            .reporting("found", "*.xml", stage("true")));
    server.confirmedEvents.ended("brought");
    List<StatusReport> statuses = server.confirmedEvents.statuses("brought");
    assertEquals("n", statuses.get(0).name());
    assertEquals(Result.OK, statuses.get(0).result());
    assertNotEquals(Result.OK, statuses.get(1).result());
  }

  @Test
  void aTimeoutIsSaidBesideWhatTheReportHas() {
    server.run(
        task("late")
            .reporting(
                "t",
                "r/*.xml",
                limited("mkdir r; " + TWO + "; sleep 60", null, Duration.ofMillis(500), null)));
    server.confirmedEvents.ended("late");
    List<StatusReport> statuses = server.confirmedEvents.statuses("late");
    assertEquals(3, statuses.size());
    assertEquals("stageTimeout", statuses.get(2).reason());
  }

  @Test
  void thousandsOfCasesArriveInOrderAndOnce() {
    server.run(
        task("many")
            .reporting(
                "t",
                "**/*.xml",
                stage(
                    "echo '<testsuites><testsuite>' > a.xml; i=0; while [ $i -lt 3000 ]; do"
                        + " echo \"<testcase name='n$i'/>\"; i=$((i+1)); done >> a.xml;"
                        + " echo '</testsuite></testsuites>' >> a.xml")));
    assertEquals(3000, server.confirmedEvents.ended("many").statusCount());
    List<StatusReport> statuses = server.confirmedEvents.statuses("many");
    assertEquals(3000, statuses.size());
    for (int i = 0; i < 3000; i++) {
      assertEquals("n" + i, statuses.get(i).name());
      assertEquals(i + 1, statuses.get(i).index());
    }
    assertTrue(server.confirmedEvents.stream().count() < 2000, "statuses travel in batches");
  }
}
