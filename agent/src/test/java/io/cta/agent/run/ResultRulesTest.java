package io.cta.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.agent.report.ReportTrouble;
import io.cta.domain.Stage;
import io.cta.domain.StageBuilder;
import io.cta.domain.StageScript;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule: stages, reports and self-reported results, and what the agent adds to them. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ResultRulesTest {
  /**
   * Stages: exit codes, {@code T} timeout, {@code C} bad directory, {@code N} not started, {@code
   * I} interrupted, {@code R} interrupted by the reboot it asked for; an {@code o} before it for
   * one that is not mandatory, an {@code s} for one with the success codes 0 and 5. Reports: none,
   * missing, empty, good, bad (a failed case), skips, cut (good cases), badcut, many (good),
   * badmany.
   */
  @ParameterizedTest
  @CsvSource({
    "0,        none,    false, ok/",
    "0 0,      none,    false, ok/",
    "3,        none,    false, failed/exitCode",
    "139,      none,    false, failed/signal",
    "s5,       none,    false, ok/",
    "s5 0,     good,    false, -",
    "s1,       none,    false, failed/exitCode",
    "o3 0,     none,    false, partial/exitCode",
    "o137 0,   none,    false, partial/signal",
    "o3 3,     none,    false, failed/exitCode",
    "T,        none,    false, failed/stageTimeout",
    "oT 0,     none,    false, partial/stageTimeout",
    "C,        none,    false, failed/badCwd",
    "oC 0,     none,    false, partial/badCwd",
    "N,        none,    false, failed/notStarted",
    "I,        none,    false, inconclusive/agentRestarted",
    "I 0,      none,    false, inconclusive/agentRestarted",
    "I 0,      good,    false, inconclusive/agentRestarted",
    "R 0,      none,    false, ok/",
    "R 0,      good,    false, -",
    "0,        missing, false, inconclusive/reportMissing",
    "3,        missing, false, failed/exitCode",
    "T,        missing, false, failed/stageTimeout",
    "o3 0,     missing, false, partial/exitCode inconclusive/reportMissing/(report)",
    "0,        empty,   false, inconclusive/reportEmpty",
    "3,        empty,   false, failed/exitCode",
    "0,        good,    false, -",
    "0,        skips,   false, -",
    "3,        good,    false, failed/exitCode",
    "3,        skips,   false, failed/exitCode",
    "139,      good,    false, failed/signal",
    "3,        bad,     false, -",
    "139,      bad,     false, -",
    "0,        bad,     false, -",
    "o3 0,     good,    false, partial/exitCode",
    "o3 0,     bad,     false, -",
    "T,        good,    false, failed/stageTimeout",
    "T,        bad,     false, failed/stageTimeout",
    "0,        cut,     false, inconclusive/reportTruncated",
    "1,        cut,     false, failed/exitCode inconclusive/reportTruncated/(report)",
    "1,        badcut,  false, inconclusive/reportTruncated",
    "oT 0,     cut,     false, partial/stageTimeout inconclusive/reportTruncated/(report)",
    "0,        many,    false, inconclusive/tooManyResults",
    "1,        badmany, false, failed/tooManyResults",
    "0,        badmany, false, failed/tooManyResults",
    "0,        none,    true,  -",
    "3,        none,    true,  -",
    "139,      none,    true,  failed/signal/(stage run)",
    "3,        good,    true,  -",
    "0,        missing, true,  inconclusive/reportMissing/(report)",
    "I 0,      none,    true,  inconclusive/agentRestarted/(stage run)",
    "T,        none,    true,  failed/stageTimeout/(stage run)",
    "0,        cut,     true,  inconclusive/reportTruncated/(report)",
  })
  void says(String stages, String report, boolean selfReported, String expected) {
    List<String> words = Arrays.asList(stages.strip().split(" +"));
    ResultRules rules =
        new ResultRules(
            words.stream().map(ResultRulesTest::stage).toList(),
            words.stream().map(ResultRulesTest::outcome).toList(),
            report(report),
            selfReported,
            new RefusedResults());
    String said =
        rules.results().stream().map(ResultRulesTest::text).collect(Collectors.joining(" "));
    assertEquals(expected, said.isEmpty() ? "-" : said);
  }

  @Test
  void aResultThatWasNotTakenIsNoSuccess() {
    RefusedResults refused = new RefusedResults();
    refused.add(ServiceFailure.invalid("status", "is required"));
    assertEquals("inconclusive/resultRefused", said(refused, false));
    assertEquals("inconclusive/resultRefused/(report)", said(refused, true));
    refused.add(new ServiceFailure(ErrorCode.TOO_MANY, "full"));
    assertEquals("inconclusive/tooManyResults", said(refused, false));
    refused.addFailed();
    assertEquals("failed/tooManyResults", said(refused, false));
  }

  private static String said(RefusedResults refused, boolean selfReported) {
    List<TestResult> results =
        new ResultRules(
                List.of(stage("0")),
                List.of(outcome("0")),
                ReportOutcome.NONE,
                selfReported,
                refused)
            .results();
    return text(results.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "1,   exit code 1",
    "126, exit code 126 (command cannot be executed)",
    "127, exit code 127 (command not found)",
    "128, exit code 128",
    "134, exit code 134 (SIGABRT)",
    "137, exit code 137 (SIGKILL)",
    "139, exit code 139 (SIGSEGV)",
    "162, exit code 162 (signal 34)",
    "193, exit code 193",
    "255, exit code 255",
  })
  void namesExitCodes(int code, String text) {
    assertEquals(text, StageOutcome.exited(code).message());
  }

  private static String text(TestResult said) {
    String reason = said.reason() == null ? "" : said.reason();
    return said.result().wire() + "/" + reason + (said.name() == null ? "" : "/" + said.name());
  }

  private static Stage stage(String word) {
    List<Integer> codes = word.startsWith("s") ? List.of(0, 5) : null;
    return StageBuilder.builder()
        .run(StageScript.of("x"))
        .mandatory(!word.startsWith("o"))
        .reboot(word.endsWith("R"))
        .successCodes(codes)
        .build();
  }

  private static StageOutcome outcome(String word) {
    return switch (word.charAt(word.length() - 1)) {
      case 'T' -> StageOutcome.of(StageOutcome.Kind.TIMEOUT, "late");
      case 'C' -> StageOutcome.of(StageOutcome.Kind.BAD_CWD, "no");
      case 'N' -> StageOutcome.of(StageOutcome.Kind.NOT_STARTED, "no");
      case 'I', 'R' -> StageOutcome.of(StageOutcome.Kind.INTERRUPTED, "gone");
      default -> StageOutcome.exited(Integer.parseInt(word.replaceAll("^[os]", "")));
    };
  }

  private static ReportOutcome report(String word) {
    ReportTrouble cut = new ReportTrouble(ReportTrouble.TRUNCATED, "cut off");
    ReportTrouble many = new ReportTrouble(ReportTrouble.TOO_MANY, "too many");
    return switch (word) {
      case "none" -> ReportOutcome.NONE;
      case "missing" -> new ReportOutcome(true, 0, 0, 0, 0, List.of());
      case "empty" -> new ReportOutcome(true, 1, 0, 0, 0, List.of());
      case "good" -> new ReportOutcome(true, 1, 5, 5, 0, List.of());
      case "skips" -> new ReportOutcome(true, 1, 5, 0, 0, List.of());
      case "bad" -> new ReportOutcome(true, 1, 5, 5, 1, List.of());
      case "cut" -> new ReportOutcome(true, 1, 5, 5, 0, List.of(cut));
      case "badcut" -> new ReportOutcome(true, 1, 5, 5, 1, List.of(cut));
      case "many" -> new ReportOutcome(true, 1, 5, 5, 0, List.of(many));
      case "badmany" -> new ReportOutcome(true, 1, 5, 5, 1, List.of(many));
      default -> throw new IllegalArgumentException(word);
    };
  }
}
