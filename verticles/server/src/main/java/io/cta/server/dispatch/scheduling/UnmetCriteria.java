package io.cta.server.dispatch.scheduling;

import java.util.ArrayList;
import java.util.List;

/** Says, in words for people, why no machine is one of those that a configuration means. Pure. */
final class UnmetCriteria {
  private static final int NAMED = 5;
  private static final int TEXT = 300;

  private UnmetCriteria() {}

  /** What nobody meets; when each part is met by somebody, the parts that nobody meets together. */
  static String of(MachineCriteria criteria, MachineTraitIndex machines) {
    if (machines.isEmpty()) {
      return "no machine is registered";
    }
    List<MachineCriteria.Part> parts = criteria.parts();
    List<String> unmet =
        parts.stream().filter(part -> !machines.has(part.any())).map(UnmetCriteria::words).toList();
    String text =
        unmet.isEmpty()
            ? "no machine at once "
                + some(parts.stream().map(UnmetCriteria::words).toList(), " and ")
            : "no machine " + some(unmet, ", none ");
    return text.length() <= TEXT ? text : text.substring(0, TEXT) + "…";
  }

  private static String words(MachineCriteria.Part part) {
    return part.verb() + " " + some(part.any().stream().map(MachineTrait::value).toList(), " or ");
  }

  private static String some(List<String> words, String between) {
    List<String> out = new ArrayList<>(words.stream().limit(NAMED).toList());
    if (words.size() > NAMED) {
      out.add((words.size() - NAMED) + " more");
    }
    return String.join(between, out);
  }
}
