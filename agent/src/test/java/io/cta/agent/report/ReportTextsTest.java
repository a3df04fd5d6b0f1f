package io.cta.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Result;
import io.cta.text.TextCut;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times, names and texts that others wrote. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReportTextsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0;0",
        "1.5;1500",
        "0.0005;1",
        ".5;500",
        "1e-05;0",
        "1.5E+01;15000",
        "'0,160';160",
        "'0,005';5",
        "'12,5';12500",
        "'1,2345';1235",
        "'1234,567';1234567",
        "'14,029.255';14029255",
        "'1,234,567';1234567000",
        "'1.234,5';1234500",
        "'1.234.567,5';1234567500",
        "1'234.5;1234500",
        "'1 234,5';1234500",
        // has two readings, and so no duration
        "'1,234';",
        "'14,029';",
        "-0.052;",
        "-9.2e+09;",
        "1e400;",
        "1e999999999;",
        "99999999999999;",
        "NaN;",
        "Infinity;",
        "0.-992;",
        "1m 3s;",
        "'';",
        "'1,23,456';",
        "'1.234.5';",
        "'1,234,5';",
      })
  void secondsAreRightOrAbsent(String text, Long millis) {
    assertEquals(millis, ReportTimes.millis(text));
  }

  @ParameterizedTest
  @CsvSource({"00:00:01.5000000,1500", "1.02:00:00,93600000", "12:30,", "x,", ","})
  void clocks(String text, Long millis) {
    assertEquals(millis, ReportTimes.ofClock(text));
  }

  @Test
  void aNumberBehindANameMeetsNoCaseThatHasItAlready() {
    assertEquals(
        List.of("load", "load #2", "load #3", "other", "load #2 #2", "load #3 #2", "load #4"),
        unique("load", "load #2", "load", "other", "load #2", "load #3", "load"));
  }

  @Test
  void aCaseThatReallyHasTheNumberMayComeLater() {
    List<String> names = unique("load", "load", "load #2", "load", "load #2", "load #2 #2");
    assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
    assertEquals(List.of("load", "load #2", "load #2 #2"), names.subList(0, 3));
  }

  @Test
  void casesOfOtherSuitesAndClassesAreOthers() {
    CaseNames names = new CaseNames();
    assertEquals("n", names.unique(new CaseBuilder("s", "c", "n").build()).name());
    assertEquals("n", names.unique(new CaseBuilder("t", "c", "n").build()).name());
    assertEquals("n", names.unique(new CaseBuilder("s", "d", "n").build()).name());
    assertEquals("n #2", names.unique(new CaseBuilder("s", "c", "n").build()).name());
  }

  @Test
  void aCaseThatIsRunAgainKeepsTheNameItsFailureGot() {
    CaseNames names = new CaseNames();
    names.unique(new CaseBuilder("s", "c", "n").build());
    TestCase failed = new CaseBuilder("s", "c", "n").failed("x", null).build();
    assertEquals("n #2", names.unique(failed).name());
    TestCase again = new CaseBuilder("s", "c", "n").again(List.of("x")).build();
    assertEquals("n #2", names.unique(again).name());
    assertEquals("n #3", names.unique(failed).name());
  }

  @Test
  void longNamesThatDifferAtTheirEndStayTwo() {
    String begin = "p".repeat(5_000);
    TestCase one = new CaseBuilder(begin + 1, begin + 1, begin + 1).build();
    TestCase two = new CaseBuilder(begin + 2, begin + 2, begin + 2).build();
    assertNotEquals(one.suite(), two.suite());
    assertNotEquals(one.className(), two.className());
    assertNotEquals(one.name(), two.name());
    assertTrue(one.fullName().length() <= 501);
  }

  @Test
  void aCaseWithoutANameHasOne() {
    assertEquals("(unnamed)", new CaseBuilder(" ", "", " ").build().fullName());
  }

  @Test
  void aBufferKeepsTheBeginningAndTheEnd() {
    TextBuffer text = new TextBuffer(3, 4);
    for (int i = 0; i < 10; i++) {
      text.append(String.valueOf(i)).append("");
    }
    assertEquals("012…6789", text.text());
    assertEquals("0123456", new TextBuffer(3, 4).append("0123456").text());
    assertEquals("012…", new TextBuffer(3).append("0123").text());
    assertEquals(null, new TextBuffer(3).append(" ").text());
  }

  @Test
  void noHalfOfACharacterIsLeft() {
    String face = "\ud83d\ude00";
    assertEquals(face + "a\ufffdb", TextSanitizer.clean(face + "a\ud83db"));
    assertEquals("\ufffdb", TextSanitizer.clean("\ude00b"));
    assertEquals("a\ufffd…\ufffd", new TextBuffer(2, 1).append("a" + face + face).text());
    assertEquals("a…", TextCut.shortened("a" + face + "bc", 3));
  }

  @Test
  void detailsGiveWayBeforeResultsDo() {
    DetailsBudget budget = new DetailsBudget();
    String much = "x".repeat(7_000);
    int kept = 0;
    for (int i = 0; i < 10_000; i++) {
      TestCase one = budget.within(new CaseBuilder(null, null, "n").stdout(much).build());
      assertEquals(Result.OK, one.result());
      kept += one.details() == null ? 0 : 1;
    }
    assertTrue(kept > 1_000 && kept < 1_200, kept + " kept");
  }

  private static List<String> unique(String... names) {
    CaseNames all = new CaseNames();
    List<String> out = new ArrayList<>();
    for (String name : names) {
      out.add(all.unique(new CaseBuilder("s", "c", name).build()).name());
    }
    return out;
  }
}
