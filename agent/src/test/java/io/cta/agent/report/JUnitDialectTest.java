package io.cta.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JUnit XML as many tools write it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class JUnitDialectTest {
  @Test
  void suitesAreAPathAndCasesHaveTheirClass() {
    assertEquals(
        List.of("outer > inner|a.B#c=ok", "outer|d=ok"),
        told(
            """
            <?xml version='1.0'?><testsuites name='all'><testsuite name='outer'>
              <properties><property name='p' value='v'/></properties>
              <testsuite name='inner'><testcase classname='a.B' name='c' time='1.234'/></testsuite>
              <testcase name='d'/></testsuite></testsuites>
            """));
  }

  @Test
  void aClassMayBeNamedInAnotherAttribute() {
    assertEquals(List.of("K#n=ok"), told("<testsuite><testcase class='K' name='n'/></testsuite>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<skipped/><skipped/><failure message='late'/>                    | failed",
        "<skipped/><error message='at the end'/>                          | failed",
        "<failure/><skipped/>                                             | failed",
        "<skipped message='a'/><skipped message='b'/>                     | skipped",
        "<system-out>x</system-out>                                       | ok",
        "<warning>deprecated</warning>                                    | inconclusive",
        "<warning/><failure/>                                             | failed",
        "<skipped/><risky/>                                               | inconclusive",
        "<step><step><failure>deep</failure></step></step>                 | failed",
        "<testcase name='x'><error/></testcase>                            | failed",
        "<skipped type='todo'/><failure/>                                 | skipped",
        "<flakyFailure message='once'/>                                   | ok flaky",
        "<flakyError type='E'><stackTrace>s</stackTrace></flakyError>     | ok flaky",
        "<failure/><rerunFailure message='again'/>                        | failed",
        "<error/><rerunError/>                                            | failed",
      })
  void theWorstThatIsSaidInACaseCounts(String elements, String result) {
    assertEquals(
        List.of("c#n=" + result),
        told(
            "<testsuite><testcase classname='c' name='n'>" + elements + "</testcase></testsuite>"));
  }

  @ParameterizedTest
  @CsvSource({
    "status='run', ok",
    "status='run' result='completed', ok",
    "status='passed', ok",
    "status='whatever', ok",
    "status='notrun', skipped",
    "status='notrun' result='suppressed', skipped",
    "status='run' result='skipped', skipped",
    "status='Ignored', skipped",
    "status='disabled', skipped",
    "status='pending', skipped",
    "status='failed', failed",
    "result='failure', failed",
    "status='ERROR', failed",
  })
  void withoutAnElementTheStatusCounts(String status, String result) {
    String xml = "<testsuite><testcase name='n' " + status + "/></testsuite>";
    assertEquals(List.of("n=" + result), told(xml));
  }

  @Test
  void aFailureHasItsMessageItsTypeAndItsOutput() {
    TestCase one =
        ReportSample.junit(
                """
                <testsuite><testcase name='n' file='t.py' line='7'>
                <failure message='2 is not 3' type='AssertionError'>t.py:7: 2 is not 3
                in test</failure>
                <failure message='and then'/>
                <system-out>said [[ATTACHMENT|shots/1.png]]</system-out>
                <system-err>warned</system-err>
                <properties><property name='owner' value='ann'/>
                  <property name='attachment'>shots/2.png</property></properties>
                </testcase></testsuite>
                """)
            .only();
    assertEquals("t.py:7: 2 is not 3\nin test\n\nand then", one.message());
    assertEquals("AssertionError", one.details().type());
    assertEquals("t.py", one.details().file());
    assertEquals(7, one.details().line());
    assertEquals("said [[ATTACHMENT|shots/1.png]]", one.details().stdout());
    assertEquals("warned", one.details().stderr());
    assertEquals("ann", one.details().properties().get("owner"));
    assertEquals(List.of("shots/1.png", "shots/2.png"), one.details().attachments());
  }

  @Test
  void aFailureWithoutAWordIsToldByItsOutput() {
    TestCase one =
        ReportSample.junit(
                "<testsuite><testcase name='n'><failure type='assert'/>"
                    + "<system-out>thread panicked</system-out></testcase></testsuite>")
            .only();
    assertEquals("thread panicked", one.message());
  }

  @Test
  void aMessageThatSaysNothingGivesWayToTheText() {
    assertEquals("a.go:3: first", messageOf("<failure message='Failed'>a.go:3: first</failure>"));
    assertEquals("Failed", messageOf("<failure message='Failed'/>"));
    assertEquals("no\nat 3", messageOf("<failure message='no'>at 3</failure>"));
    assertEquals("no: at 3", messageOf("<failure message='no'>no: at 3</failure>"));
  }

  private static String messageOf(String elements) {
    String xml = "<testsuite><testcase name='n'>" + elements + "</testcase></testsuite>";
    return ReportSample.junit(xml).only().message();
  }

  @Test
  void whatFailedBeforeItPassedIsKept() {
    TestCase one =
        ReportSample.junit(
                "<testsuite><testcase name='n'><flakyFailure message='first'>x</flakyFailure>"
                    + "<flakyFailure message='second'/></testcase></testsuite>")
            .only();
    assertTrue(one.flaky());
    assertEquals(List.of("first\nx", "second"), one.details().reruns());
  }

  @Test
  void anErrorOutsideOfACaseIsAFailedCaseNamedAfterItsSuite() {
    assertEquals(
        List.of("a > db=failed", "a > db|x=ok", "top=failed"),
        told(
                "<testsuites><testsuite name='a'><testsuite name='db'><error message='no connection'/>"
                    + "<testcase name='x'/></testsuite></testsuite><testsuite name='top'>"
                    + "<failure>exit status 3</failure></testsuite></testsuites>")
            .stream()
            .map(s -> s.replace("a|db", "a > db"))
            .toList());
  }

  @Test
  void aGoTestThatIsRunAgainCountsAsItEndedAtLast() {
    ReportSample sample =
        ReportSample.junit(
            """
            <testsuites><testsuite name='ex.org/p' tests='4' failures='2'>
            <testcase classname='ex.org/p' name='TestA'><failure message='Failed'>1</failure></testcase>
            <testcase classname='ex.org/p' name='TestB/sub'><failure message='no'/></testcase>
            <testcase classname='ex.org/p' name='TestA'/>
            <testcase classname='ex.org/p' name='TestB/sub'><failure message='still'/></testcase>
            </testsuite></testsuites>
            """);
    assertTrue(sample.cases().get(2).again() && sample.cases().get(3).again());
    assertEquals(
        List.of("failed", "failed", "ok flaky", "failed"),
        sample.told().stream().map(s -> s.substring(s.indexOf('=') + 1)).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // another suite than class, another kind of name, one that passed first
        "<testcase classname='q' name='TestA'><failure/></testcase><testcase classname='q' name='TestA'/>",
        "<testcase classname='p' name='load'><failure/></testcase><testcase classname='p' name='load'/>",
        "<testcase classname='p' name='TestA'/><testcase classname='p' name='TestA'><failure/></testcase>",
      })
  void ofTwoElementsForOneCaseNoneReplacesTheOtherElsewhere(String cases) {
    ReportSample sample = ReportSample.junit("<testsuite name='p'>" + cases + "</testsuite>");
    assertEquals("1/1/0/0", sample.sums());
    assertTrue(sample.cases().stream().noneMatch(TestCase::again));
  }

  @Test
  void severalDocumentsInOneFileAndWordsBetweenThemAreRead() {
    assertEquals(
        List.of("a|x=ok", "b|y=failed"),
        told(
            """
            running 1 test
            <?xml version="1.0"?><testsuites><testsuite name="a"><testcase name="x"/></testsuite></testsuites>

            <?xml version="1.0"?><testsuites><testsuite name="b"><testcase name="y"><failure/></testcase></testsuite></testsuites>
            """));
  }

  private static List<String> told(String xml) {
    ReportSample sample = ReportSample.junit(xml);
    assertEquals(null, sample.trouble());
    return sample.told();
  }
}
