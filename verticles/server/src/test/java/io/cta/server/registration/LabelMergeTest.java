package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class LabelMergeTest {
  @ParameterizedTest(name = "{0}: [{1}], reported [{2}], reports [{3}]")
  @CsvSource({
    "the agent's new labels replace its old ones, old both, old both, new both, both new",
    "what people added stays, old hand, old, new, hand new",
    "what people removed stays away, hand, old both, old both, hand",
    "what people removed does not come back with other labels, hand, old both, new both, hand new",
    "what people removed comes back when it is newly reported, hand, '', old, hand old",
    "a label that both set is there once, lab, '', lab, lab",
    "an agent without labels removes its own, old hand, old, '', hand",
    "another order is no change, b a, a b, b a, b a",
    "a label reported twice counts once, a, a, a a, a",
    "of a machine of an earlier version nothing is known, hand, -, new, hand",
    "an agent that does not report labels changes none, old, old, -, old"
  })
  void onlyAChangeOfTheAgentsReportChangesTheLabels(
      String rule, String current, String before, String reported, String expected) {
    assertEquals(
        labels(expected), LabelMerge.merged(labels(current), labels(before), labels(reported)));
  }

  private static List<String> labels(String text) {
    if (text.equals("-")) {
      return null;
    }
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
