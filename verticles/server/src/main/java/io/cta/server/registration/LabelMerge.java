package io.cta.server.registration;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Merges the labels set by people with those reported by the agent. Only the difference between the
 * agent's reports counts, so that neither undoes the other's changes. Pure.
 */
final class LabelMerge {
  private LabelMerge() {}

  /**
   * The machine's new labels: without those that the agent no longer reports, with those that it
   * reports for the first time.
   *
   * @param current the machine's labels now
   * @param before the agent's last report; null if unknown, and then nothing changes
   * @param reported the agent's report now; null if it does not report labels
   */
  static List<String> merged(List<String> current, List<String> before, List<String> reported) {
    if (before == null || reported == null || Set.copyOf(before).equals(Set.copyOf(reported))) {
      return current;
    }
    Set<String> next = new LinkedHashSet<>(current);
    before.stream().filter(label -> !reported.contains(label)).forEach(next::remove);
    reported.stream().filter(label -> !before.contains(label)).forEach(next::add);
    return new ArrayList<>(next);
  }
}
