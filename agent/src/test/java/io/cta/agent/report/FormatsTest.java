package io.cta.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One report of each format, and how each is recognised. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FormatsTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void casesAreToldAlike(String key, List<String> told) {
    ReportSample sample = ReportSample.of(key, FormatSamples.all().get(key));
    assertNull(sample.trouble());
    assertEquals(told, sample.told());
  }

  static Stream<Arguments> casesAreToldAlike() {
    return Stream.of(
        Arguments.of(
            "junit",
            List.of(
                "shop|shop.Cart#adds=ok",
                "shop|shop.Cart#pays=failed",
                "shop|shop.Cart#later=skipped")),
        Arguments.of(
            "tap",
            List.of(
                "r.txt|opens=ok",
                "r.txt|closes=failed",
                "r.txt > doors|left=skipped",
                "r.txt > doors|right=skipped",
                "r.txt|rings # twice=ok")),
        Arguments.of(
            "robot",
            List.of("Shop > Cart|Adds=ok", "Shop > Cart|Pays=failed", "Shop > Cart|Later=skipped")),
        Arguments.of(
            "trx",
            List.of(
                "Shop.Cart#Adds=ok", "Shop.Cart#Pays=failed", "Later=skipped", "Rows|Rows (1)=ok")),
        Arguments.of(
            "nunit",
            List.of(
                "shop.dll|Shop.Cart#Adds=ok",
                "shop.dll|Shop.Cart#Pays=failed",
                "shop.dll|Shop.Cart#Later=skipped")),
        Arguments.of(
            "xunit",
            List.of(
                "shop.dll|Shop.Cart#Adds=ok",
                "shop.dll|Shop.Cart#Pays(x: 1)=failed",
                "shop.dll|Shop.Cart#Later=skipped")),
        Arguments.of(
            "testng",
            List.of(
                "shop > cart|shop.Cart#adds(1)=ok",
                "shop > cart|shop.Cart#pays=failed",
                "shop > cart|shop.Cart#later=skipped",
                "shop > cart|shop.Cart#shaky=ok flaky")),
        Arguments.of(
            "ctrf",
            List.of("shop > cart|adds=ok", "pays=failed", "later=skipped", "shaky=ok flaky")),
        Arguments.of(
            "cucumber",
            List.of(
                "Cart|adds=ok",
                "Cart|pays=failed",
                "Cart|later=skipped",
                "Cart|unsaid=inconclusive")),
        Arguments.of(
            "gotest",
            List.of(
                "ex.org/a|ex.org/a#TestAdds=ok",
                "ex.org/a|ex.org/a#TestPays/now=failed",
                "ex.org/a|ex.org/a#TestLater=skipped",
                "ex.org/b=failed")));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void theContentTellsTheFormatWhateverTheKey(String key) {
    List<String> told = ReportSample.of(key, FormatSamples.all().get(key)).told();
    for (String other : List.of("files", "junit", "tap", "ctrf", "gotest", "cucumber")) {
      ReportSample sample = ReportSample.of(other, FormatSamples.all().get(key));
      assertEquals(told, sample.told(), other);
      assertNull(sample.trouble());
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void whatIsNoReportIsATroubleUnderEachKey(String key) {
    for (String text :
        List.of("hello\n", "{}", "[1]", "{\"a\":", "<a/>", "\u0000\u0001", "<", "[")) {
      ReportSample sample = ReportSample.of(key, text);
      assertEquals(List.of(), sample.cases());
      assertTrue(sample.trouble() != null, text);
    }
    assertTrue(ReportSample.of("files", "hello").trouble() != null);
  }

  @Test
  void anEmptyListOfFeaturesIsAReportWithoutCases() {
    assertEquals("0/0/0/0", ReportSample.of("cucumber", "[]").sums());
  }

  @Test
  void durationsFilesAndOutputsAreKept() {
    for (String key : keys().toList()) {
      ReportSample sample = ReportSample.of(key, FormatSamples.all().get(key));
      boolean timed =
          sample.cases().stream().anyMatch(c -> c.durationMs() != null && c.durationMs() > 0);
      assertTrue(timed, key);
      TestCase failed = sample.cases().stream().filter(TestCase::failed).findFirst().orElseThrow();
      assertTrue(failed.message().matches("(?s).*(no\\s+money|it is stuck).*"), failed.toString());
    }
    TestCase ctrf = ReportSample.of("ctrf", FormatSamples.CTRF).cases().get(1);
    assertEquals("cart.js", ctrf.details().file());
    assertEquals(9, ctrf.details().line());
    assertEquals("paying", ctrf.details().stdout());
    assertEquals(List.of("shot.png"), ctrf.details().attachments());
    TestCase nunit = ReportSample.of("nunit", FormatSamples.NUNIT).cases().get(1);
    assertEquals(List.of("shot.png"), nunit.details().attachments());
    assertEquals("paying", nunit.details().stdout());
    assertEquals(
        "java.lang.AssertionError",
        ReportSample.of("testng", FormatSamples.TESTNG).cases().get(1).details().type());
    assertTrue(
        ReportSample.of("gotest", FormatSamples.GO_TEST)
            .cases()
            .get(3)
            .message()
            .startsWith("b.go:3"));
  }

  static Stream<String> keys() {
    return FormatSamples.all().keySet().stream();
  }
}
