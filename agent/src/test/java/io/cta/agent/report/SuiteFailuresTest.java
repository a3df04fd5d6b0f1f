package io.cta.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures outside of the cases, and sums that declare more than there is. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SuiteFailuresTest {
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void isNeverLost(String key, String why, String text, String sums) {
    assertEquals(sums, ReportSample.of(key, text).sums());
  }

  static Stream<Arguments> isNeverLost() {
    String goPass = "{\"Action\":\"pass\",\"Package\":\"p\",\"Test\":\"TestA\"}\n";
    String goEnd = "{\"Action\":\"pass\",\"Package\":\"p\"}\n";
    String goFail = "{\"Action\":\"fail\",\"Package\":\"p\"}\n";
    return Stream.of(
        Arguments.of(
            "robot",
            "a suite failed by what is not in it",
            "<robot><suite name='s'><test name='t'><status status='PASS'/></test>"
                + "<status status='FAIL'>why</status></suite></robot>",
            "1/1/0/0"),
        Arguments.of(
            "robot",
            "a teardown failed, and so did the tests before it",
            "<robot><suite name='o'><suite name='s'><test name='t'><status status='PASS'/></test>"
                + "<test name='u'><status status='SKIP'/></test><kw type='TEARDOWN'>"
                + "<status status='FAIL'>no</status></kw><status status='FAIL'/></suite>"
                + "<suite name='p'><test name='t'><status status='PASS'/></test></suite></suite>"
                + "<statistics><total><stat pass='1' fail='1' skip='1'>All</stat></total>"
                + "</statistics></robot>",
            "1/1/1/0"),
        Arguments.of(
            "robot",
            "sums of more",
            "<robot><suite name='s'><test name='t'><status status='PASS'/></test></suite>"
                + "<statistics><total><stat pass='1' fail='1'>All</stat></total></statistics></robot>",
            "1/0/0/0 reportContradicts"),
        Arguments.of(
            "robot",
            "a test without a status",
            "<robot><suite name='s'><test name='t'/></suite></robot>",
            "0/0/0/1"),
        Arguments.of(
            "trx",
            "the host crashed",
            "<TestRun><Results><UnitTestResult testName='a' outcome='Passed'/></Results>"
                + "<ResultSummary outcome='Failed'><RunInfos><RunInfo outcome='Error'><Text>it crashed"
                + "</Text></RunInfo></RunInfos></ResultSummary></TestRun>",
            "1/1/0/0"),
        Arguments.of(
            "trx",
            "aborted",
            "<TestRun><Results><UnitTestResult testName='a' outcome='Passed'/></Results>"
                + "<ResultSummary outcome='Aborted'/></TestRun>",
            "1/0/0/0 reportContradicts"),
        Arguments.of(
            "trx",
            "sums of more",
            "<TestRun><Results><UnitTestResult testName='a' outcome='Passed'/></Results>"
                + "<ResultSummary outcome='Completed'><Counters total='2'/></ResultSummary></TestRun>",
            "1/0/0/0 reportContradicts"),
        Arguments.of(
            "trx",
            "no outcome",
            "<TestRun><Results><UnitTestResult testName='a'/></Results></TestRun>",
            "0/0/0/1"),
        Arguments.of(
            "nunit",
            "a teardown failed",
            "<test-run result='Failed'><test-suite name='s' result='Failed' site='TearDown'>"
                + "<failure><message>m</message></failure><test-case name='a' result='Passed'/>"
                + "</test-suite></test-run>",
            "1/1/0/0"),
        Arguments.of(
            "nunit",
            "sums of more",
            "<test-run total='3' failed='0'><test-suite name='s'><test-case name='a'"
                + " result='Passed'/></test-suite></test-run>",
            "1/0/0/0 reportContradicts"),
        Arguments.of(
            "xunit",
            "an error of the assembly",
            "<assemblies><assembly name='a' total='1' errors='1'><errors><error type='fixture'"
                + " name='F'><failure><message>m</message></failure></error></errors><collection>"
                + "<test name='t' result='Pass'/></collection></assembly></assemblies>",
            "1/1/0/0"),
        Arguments.of(
            "testng",
            "a set-up failed",
            "<testng-results total='1' failed='0' skipped='1'><suite name='s'><test name='t'>"
                + "<class name='C'><test-method name='setUp' is-config='true' status='FAIL'/>"
                + "<test-method name='a' status='SKIP'/></class></test></suite></testng-results>",
            "0/1/1/0"),
        Arguments.of(
            "ctrf",
            "sums of more",
            "{\"results\":{\"tests\":[{\"name\":\"a\",\"status\":\"passed\"}],"
                + "\"summary\":{\"tests\":1,\"failed\":1}}}",
            "1/0/0/0 reportContradicts"),
        Arguments.of(
            "ctrf",
            "another status",
            "{\"results\":{\"tests\":[{\"name\":\"a\",\"status\":\"other\"}]}}",
            "0/0/0/1"),
        Arguments.of(
            "ctrf",
            "another status, of a test to be written",
            "{\"results\":{\"tests\":[{\"status\":\"other\",\"rawStatus\":\"todo\"}]}}",
            "0/0/1/0"),
        Arguments.of("gotest", "a good one", goPass + goEnd, "1/0/0/0"),
        Arguments.of("gotest", "the package failed", goPass + goFail, "1/1/0/0"),
        Arguments.of("gotest", "cut between", goPass, "1/0/0/0 reportTruncated"),
        Arguments.of("gotest", "cut in a line", goPass + "{\"Act", "1/0/0/0 reportTruncated"),
        Arguments.of(
            "gotest", "a broken line", goPass + "{\"Action\n" + goEnd, "1/0/0/0 reportUnreadable"),
        Arguments.of(
            "gotest",
            "a test without an end",
            "{\"Action\":\"run\",\"Package\":\"p\",\"Test\":\"TestA\"}\n" + goFail,
            "0/1/0/0"),
        Arguments.of(
            "cucumber",
            "a background failed",
            "[{\"name\":\"f\",\"elements\":[{\"type\":\"background\",\"steps\":[{\"result\":"
                + "{\"status\":\"failed\"}}]},{\"type\":\"scenario\",\"name\":\"s\",\"steps\":["
                + "{\"result\":{\"status\":\"skipped\"}}]}]}]",
            "0/1/0/0"),
        Arguments.of(
            "cucumber",
            "a hook failed",
            "[{\"name\":\"f\",\"elements\":[{\"name\":\"s\",\"steps\":[{\"result\":{\"status\":"
                + "\"passed\"}}],\"after\":[{\"result\":{\"status\":\"failed\"}}]}]}]",
            "0/1/0/0"));
  }

  @Test
  void aGoTestThatIsRunAgainCountsAsItEndedAtLast() {
    String fail = "{\"Action\":\"fail\",\"Package\":\"p\",\"Test\":\"TestA\"}\n";
    String pass = "{\"Action\":\"pass\",\"Package\":\"p\",\"Test\":\"TestA\"}\n";
    ReportSample sample =
        ReportSample.of(
            "gotest",
            fail
                + "{\"Action\":\"fail\",\"Package\":\"p\"}\n"
                + pass
                + "{\"Action\":\"pass\",\"Package\":\"p\"}\n");
    assertEquals("1/1/0/0", sample.sums());
    assertTrue(sample.cases().get(1).again() && sample.cases().get(1).flaky());
  }
}
