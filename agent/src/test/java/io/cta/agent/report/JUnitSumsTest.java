package io.cta.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sums that a suite declares, against what is in it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class JUnitSumsTest {
  private static final String TWO = "<testcase name='a'/><testcase name='b'/>";

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void sums(String why, String xml, String sums) {
    assertEquals(sums, ReportSample.junit(xml).sums(), xml);
  }

  static Stream<Arguments> sums() {
    return Stream.of(
        of("equal", "<testsuite tests='2' failures='0'>" + TWO + "</testsuite>", "2/0/0/0"),
        of("never counted", "<testsuite tests='0' failures='0'>" + TWO + "</testsuite>", "2/0/0/0"),
        of("negative", "<testsuite tests='-1' errors='x'>" + TWO + "</testsuite>", "2/0/0/0"),
        of(
            "a case too many",
            "<testsuite tests='3'>" + TWO + "</testsuite>",
            "2/0/0/0 reportContradicts"),
        of(
            "a failure that is not there",
            "<testsuite tests='2' failures='1'>" + TWO + "</testsuite>",
            "2/0/0/0 reportContradicts"),
        of(
            "an error that is not there, said at the top",
            "<testsuites errors='1'><testsuite>" + TWO + "</testsuite></testsuites>",
            "2/0/0/0 reportContradicts"),
        of(
            "cases at the top that are not there",
            "<testsuites tests='5'><testsuite tests='2'>" + TWO + "</testsuite></testsuites>",
            "2/0/0/0 reportContradicts"),
        of(
            "no case, one failure",
            "<testsuite tests='1' failures='1'/>",
            "0/0/0/0 reportContradicts"),
        of(
            "nested sums are not added up",
            "<testsuites tests='2'><testsuite tests='2'><testsuite tests='2'>"
                + TWO
                + "</testsuite></testsuite></testsuites>",
            "2/0/0/0"),
        of(
            "a skipped one without an element",
            "<testsuite tests='3' skipped='1'>" + TWO + "</testsuite>",
            "2/0/0/0"),
        of(
            "a disabled one without an element",
            "<testsuite tests='3' disabled='1'>" + TWO + "</testsuite>",
            "2/0/0/0"),
        of(
            "a skipped one that has its element explains nothing",
            "<testsuite tests='4' skipped='1'>"
                + TWO
                + "<testcase name='c'><skipped/></testcase></testsuite>",
            "2/0/1/0 reportContradicts"),
        of(
            "skipped ones that only the top counts",
            "<testsuites tests='3' skipped='1'><testsuite tests='3'>"
                + TWO
                + "</testsuite></testsuites>",
            "2/0/0/0"),
        of(
            "several failures in one case",
            "<testsuite tests='1' failures='2'><testcase name='a'><failure/><failure/></testcase>"
                + "</testsuite>",
            "0/1/0/0"),
        of(
            "a failure outside of the cases",
            "<testsuite tests='2' errors='1'><error/>" + TWO + "</testsuite>",
            "2/1/0/0"),
        of(
            "failures of runs before the last",
            "<testsuite tests='1' failures='1'><testcase name='a'><flakyFailure/></testcase>"
                + "</testsuite>",
            "1/0/0/0"),
        of(
            "subtests, which pytest counts",
            "<testsuites name='pytest tests'><testsuite name='pytest' tests='9'>"
                + TWO
                + "</testsuite></testsuites>",
            "2/0/0/0"),
        of(
            "assertions, which Catch2 counts",
            "<testsuite name='t' tests='9' hostname='tbd'>" + TWO + "</testsuite>",
            "2/0/0/0"),
        of(
            "assertions, which doctest counts",
            "<testsuite name='t' tests='9'><testcase name='a' status='run'/></testsuite>",
            "1/0/0/0"),
        of(
            "lines on stderr, which gotestsum counts as errors",
            "<testsuites tests='2' errors='3'><testsuite><properties><property name='go.version'"
                + " value='go1'/></properties>"
                + TWO
                + "</testsuite></testsuites>",
            "2/0/0/0"),
        of(
            "a failure that is not there, of Go",
            "<testsuites failures='1'><testsuite><properties><property name='go.version'/>"
                + "</properties>"
                + TWO
                + "</testsuite></testsuites>",
            "2/0/0/0 reportContradicts"),
        of(
            "empty suites among others",
            "<testsuites tests='2'><testsuite name='x' tests='0'/><testsuite>"
                + TWO
                + "</testsuite></testsuites>",
            "2/0/0/0"));
  }

  private static Arguments of(String why, String xml, String sums) {
    return Arguments.of(why, xml, sums);
  }
}
