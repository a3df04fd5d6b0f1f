package io.cta.glob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of files as people know them from Ant and Git. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class GlobPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "r/*.xml r/a.xml",
        "./r/*.xml r/a.xml",
        "r//./a.xml r/a.xml",
        "a/**/*.xml a/x.xml",
        "a/**/*.xml a/b/c/x.xml",
        "**/x.xml x.xml",
        "**/**/x.xml x.xml",
        "**/**/x.xml a/b/x.xml",
        "**.xml a/b/x.xml",
        "a/** a/b/c",
        "a/ a/b/c",
        "{a,b}/**/r.xml a/r.xml",
        "{a,b}/**/r.xml b/x/y/r.xml",
        "{a/b,c}/{x,y}*.xml a/b/y1.xml",
        "{**/,}x.xml a/b/x.xml",
        "{a,{b,c}d}.xml cd.xml",
        "TEST-?.xml TEST-é.xml",
        "[a-c]x.xml bx.xml",
        "[!a-c]x.xml dx.xml",
        "[]a]x.xml ]x.xml",
        "[a-]x.xml -x.xml",
        "a\\*b a*b",
        "a,b}.xml a,b}.xml",
        "*/*.xml a/.xml",
        "${OUT}/*.xml $OUT/x.xml",
      })
  void matches(String glob, String path) {
    assertTrue(GlobPattern.of(glob).matches(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "r/*.xml r/b/a.xml",
        "*.xml r/a.xml",
        "r/*.xml r/a.xml2",
        "a/**/x.xml ab/x.xml",
        "a/**/x.xml a/bx.xml",
        "a/** a",
        "a?b a/b",
        "a[!x]b a/b",
        "{a,b}.xml c.xml",
        "[a-c]x.xml dx.xml",
        "A.xml a.xml",
      })
  void doesNotMatch(String glob, String path) {
    assertFalse(GlobPattern.of(glob).matches(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" ", "[", "a/[b", "{a", "{a,{b}", "a\\", "/etc/*", "../x", "a/../../x", ".", "./"})
  void whatIsNoPatternIsRefused(String glob) {
    assertThrows(IllegalArgumentException.class, () -> GlobPattern.of(glob));
  }

  @Test
  void noPatternTakesLong() {
    String path = "a".repeat(200) + "/" + "a".repeat(200);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertFalse(GlobPattern.of("**a".repeat(25) + "b").matches(path));
          assertFalse(GlobPattern.of("**/".repeat(25) + "*b").matches(path));
          assertFalse(GlobPattern.of("{a,a}".repeat(60) + "b").matches(path));
          assertFalse(GlobPattern.of("*a".repeat(60) + "b").matches(path));
        });
  }

  @Test
  void aWalkLearnsWhereNothingCanMatch() {
    GlobPattern glob = GlobPattern.of("a/b/*/r/*.xml");
    assertEquals("a/b", glob.root());
    assertFalse(glob.enter(glob.atRoot(), "x").isEmpty());
    assertTrue(glob.enter(glob.enter(glob.atRoot(), "x"), "s").isEmpty());
    assertTrue(glob.matches(glob.enter(glob.enter(glob.atRoot(), "x"), "r"), "1.xml"));
  }

  @Test
  void aPatternWithoutAChoiceNamesItsFile() {
    assertEquals("a/b*.xml", GlobPattern.of("./a/b\\*.xml").exactPath());
    assertEquals(null, GlobPattern.of("a/b?.xml").exactPath());
    assertEquals("", GlobPattern.of("**/x").root());
  }
}
