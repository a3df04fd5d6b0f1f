package io.cta.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.agent.report.ReportTrouble;
import io.cta.domain.Result;
import io.cta.domain.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule of the judgement: stages, reports and self-reports against the agent's own word. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class JudgementTest {
  /**
   * Stages: {@code 0}, {@code 3} exit codes, {@code T} timeout, {@code C} bad directory, {@code N}
   * not started, {@code I} interrupted, {@code R} interrupted by the reboot it asked for; a small
   * {@code o} before it for one that is not mandatory. Reports: none, missing, empty, cases, cut.
   */
  @ParameterizedTest
  @CsvSource({
    "0,        none,    false, ok/",
    "0 0,      none,    false, ok/",
    "3,        none,    false, failed/exitCode",
    "o3 0,     none,    false, partial/exitCode",
    "o3 3,     none,    false, failed/exitCode",
    "T,        none,    false, failed/stageTimeout",
    "oT 0,     none,    false, partial/stageTimeout",
    "C,        none,    false, failed/badCwd",
    "oC 0,     none,    false, partial/badCwd",
    "N,        none,    false, failed/notStarted",
    "I,        none,    false, inconclusive/agentRestarted",
    "I 0,      none,    false, inconclusive/agentRestarted",
    "R 0,      none,    false, ok/",
    "0,        missing, false, inconclusive/reportMissing",
    "3,        missing, false, failed/exitCode",
    "0,        empty,   false, inconclusive/reportEmpty",
    "3,        empty,   false, failed/exitCode",
    "0,        cases,   false, -",
    "3,        cases,   false, -",
    "o3 0,     cases,   false, -",
    "T,        cases,   false, failed/stageTimeout",
    "0,        cut,     false, failed/reportTruncated",
    "T,        cut,     false, failed/stageTimeout",
    "oT 0,     cut,     false, failed/reportTruncated",
    "0,        none,    true,  -",
    "3,        none,    true,  -",
    "0,        missing, true,  -",
    "I 0,      none,    true,  -",
    "T,        none,    true,  failed/stageTimeout/(stage run)",
    "0,        cut,     true,  failed/reportTruncated/(report)",
  })
  void judges(String stages, String report, boolean selfReported, String expected) {
    List<String> words = Arrays.asList(stages.strip().split(" +"));
    Judgement judgement =
        new Judgement(
            words.stream().map(JudgementTest::stage).toList(),
            words.stream().map(JudgementTest::outcome).toList(),
            report(report),
            selfReported);
    assertEquals(expected, judgement.verdict().map(JudgementTest::text).orElse("-"));
  }

  private static String text(Verdict v) {
    String reason = v.reason() == null ? "" : v.reason();
    Result result = v.result();
    return result.wire() + "/" + reason + (v.name() == null ? "" : "/" + v.name());
  }

  private static Stage stage(String word) {
    boolean mandatory = !word.startsWith("o");
    return new Stage(null, "x", null, null, null, null, null, mandatory, word.endsWith("R"));
  }

  private static StageOutcome outcome(String word) {
    return switch (word.charAt(word.length() - 1)) {
      case 'T' -> StageOutcome.of(StageOutcome.Kind.TIMEOUT, "late");
      case 'C' -> StageOutcome.of(StageOutcome.Kind.BAD_CWD, "no");
      case 'N' -> StageOutcome.of(StageOutcome.Kind.NOT_STARTED, "no");
      case 'I', 'R' -> StageOutcome.of(StageOutcome.Kind.INTERRUPTED, "cut off");
      case '0' -> StageOutcome.exited(0);
      default -> StageOutcome.exited(3);
    };
  }

  private static ReportOutcome report(String word) {
    return switch (word) {
      case "missing" -> new ReportOutcome(true, 0, 0, 0, 0, List.of());
      case "empty" -> new ReportOutcome(true, 1, 0, 0, 0, List.of());
      case "cases" -> new ReportOutcome(true, 1, 5, 5, 0, List.of());
      case "cut" ->
          new ReportOutcome(
              true, 1, 5, 5, 0, List.of(new ReportTrouble("reportTruncated", "cut off")));
      default -> ReportOutcome.NONE;
    };
  }
}
