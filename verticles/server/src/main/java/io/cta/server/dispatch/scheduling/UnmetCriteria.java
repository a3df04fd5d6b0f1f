package io.cta.server.dispatch.scheduling;

import java.util.ArrayList;
import java.util.List;

/** Tells people why no machine matches a configuration. Pure. */
final class UnmetCriteria {
  private static final int MAX_NAMED = 5;
  private static final int MAX_TEXT_CHARS = 300;

  private UnmetCriteria() {}

  /**
   * The parts that no machine meets; if each part is met by some machine, all parts, which no
   * machine meets together.
   */
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
    return text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS) + "…";
  }

  private static String words(MachineCriteria.Part part) {
    return part.verb() + " " + some(part.any().stream().map(MachineTrait::value).toList(), " or ");
  }

  private static String some(List<String> words, String between) {
    List<String> out = new ArrayList<>(words.stream().limit(MAX_NAMED).toList());
    if (words.size() > MAX_NAMED) {
      out.add((words.size() - MAX_NAMED) + " more");
    }
    return String.join(between, out);
  }
}
