package io.cta.server.dispatch.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MachineMatcherTest {
  private static final Map<String, List<String>> ANY = Map.of();
  private static final List<String> NO = List.of();

  static Stream<Arguments> criteria() {
    return Stream.of(
        Arguments.of("no criteria at all", new MachineCriteria(NO, NO, NO, ANY), true),
        Arguments.of("its id", new MachineCriteria(List.of("x", "id-alpha"), NO, NO, ANY), true),
        Arguments.of("its name", new MachineCriteria(List.of("alpha"), NO, NO, ANY), true),
        Arguments.of("another case", new MachineCriteria(List.of("Alpha"), NO, NO, ANY), false),
        Arguments.of("another name", new MachineCriteria(List.of("beta"), NO, NO, ANY), false),
        Arguments.of(
            "one of its groups", new MachineCriteria(NO, List.of("x", "all"), NO, ANY), true),
        Arguments.of("no group of it", new MachineCriteria(NO, List.of("x"), NO, ANY), false),
        Arguments.of("all its labels", new MachineCriteria(NO, NO, List.of("lab"), ANY), true),
        Arguments.of("a label more", new MachineCriteria(NO, NO, List.of("lab", "x"), ANY), false),
        Arguments.of("any value of a fact", match("jdk", "11", "21"), true),
        Arguments.of("any value of a property", match("team", "green", "red"), true),
        Arguments.of("no value of it", match("jdk", "11"), false),
        Arguments.of("values compared exactly", match("platform", "Linux"), false),
        Arguments.of("an unknown key", match("gpu", "yes"), false),
        Arguments.of("a key without values", match("jdk"), false),
        Arguments.of(
            "every key must match",
            new MachineCriteria(NO, NO, NO, Map.of("jdk", List.of("17"), "team", List.of("red"))),
            false),
        Arguments.of(
            "all kinds must match",
            new MachineCriteria(List.of("alpha"), List.of("x"), NO, ANY),
            false));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("criteria")
  void matchesByEveryCriterion(String what, MachineCriteria criteria, boolean expected) {
    assertEquals(
        expected, MachineMatcher.matches(criteria, SchedulingFixtures.machine("alpha", true, 1)));
  }

  @ParameterizedTest
  @MethodSource("healths")
  void onlyARetiredMachineMatchesNothing(Health health) {
    Machine machine = SchedulingFixtures.machine("alpha", false, 1, health, 0);
    boolean expected = health != Health.RETIRED;
    assertEquals(expected, MachineMatcher.matches(new MachineCriteria(NO, NO, NO, ANY), machine));
  }

  static Stream<Health> healths() {
    return Stream.of(Health.values());
  }

  private static MachineCriteria match(String key, String... values) {
    return new MachineCriteria(NO, NO, NO, Map.of(key, List.of(values)));
  }
}
