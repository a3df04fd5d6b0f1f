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
  @ParameterizedTest(name = "{0}: [{1}], said [{2}], says [{3}]")
  @CsvSource({
    "the agent's new words take the place of its old ones, old both, old both, new both, both new",
    "what people added stays, old hand, old, new, hand new",
    "what people removed stays away, hand, old both, old both, hand",
    "what people removed comes not back with other words, hand, old both, new both, hand new",
    "what people removed comes back when it is said anew, hand, '', old, hand old",
    "what both want is there once, lab, '', lab, lab",
    "without any label the agent's go, old hand, old, '', hand",
    "another order is no change, b a, a b, b a, b a",
    "said twice is said once, a, a, a a, a",
    "of a machine of an earlier version nothing is known, hand, -, new, hand",
    "who says nothing of labels changes none, old, old, -, old"
  })
  void onlyWhatTheAgentSaysOtherwiseChangesTheLabels(
      String rule, String current, String before, String said, String expected) {
    assertEquals(words(expected), LabelMerge.merged(words(current), words(before), words(said)));
  }

  private static List<String> words(String text) {
    if (text.equals("-")) {
      return null;
    }
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
