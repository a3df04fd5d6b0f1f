package io.cta.server.registration;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings what people and an agent say of a machine's labels together: of what the agent says only
 * the difference to what it said before counts, so that nobody undoes what the other did. Pure.
 */
final class LabelMerge {
  private LabelMerge() {}

  /**
   * The machine's labels from now on: without those that the agent says no more, with those that it
   * did not say before.
   *
   * @param current the machine's labels now
   * @param before what its agent said last; null while nobody knows, and then nothing changes
   * @param said what its agent says now; null when it says nothing of labels
   */
  static List<String> merged(List<String> current, List<String> before, List<String> said) {
    if (before == null || said == null || Set.copyOf(before).equals(Set.copyOf(said))) {
      return current;
    }
    Set<String> next = new LinkedHashSet<>(current);
    before.stream().filter(label -> !said.contains(label)).forEach(next::remove);
    said.stream().filter(label -> !before.contains(label)).forEach(next::add);
    return new ArrayList<>(next);
  }
}
