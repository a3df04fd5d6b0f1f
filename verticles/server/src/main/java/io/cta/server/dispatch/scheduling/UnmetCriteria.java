package io.cta.server.dispatch.scheduling;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Says, in words for people, why no machine is one of those that a configuration means. Pure. */
final class UnmetCriteria {
  private static final int NAMED = 5;
  private static final int TEXT = 300;

  /** A part of what is asked, and who meets it. */
  private record Criterion(String words, Predicate<Machine> met) {}

  private UnmetCriteria() {}

  /** What nobody meets; when each part is met by somebody, the parts that nobody meets together. */
  static String of(MachineCriteria criteria, Collection<Machine> machines) {
    List<Machine> there = machines.stream().filter(m -> m.health() != Health.RETIRED).toList();
    if (there.isEmpty()) {
      return "no machine is registered";
    }
    List<Criterion> parts = parts(criteria);
    List<String> unmet =
        parts.stream()
            .filter(criterion -> there.stream().noneMatch(criterion.met()))
            .map(Criterion::words)
            .toList();
    String text =
        unmet.isEmpty()
            ? "no machine at once " + some(parts.stream().map(Criterion::words).toList(), " and ")
            : "no machine " + some(unmet, ", none ");
    return text.length() <= TEXT ? text : text.substring(0, TEXT) + "…";
  }

  private static List<Criterion> parts(MachineCriteria c) {
    List<Criterion> parts = new ArrayList<>();
    if (!c.machines().isEmpty()) {
      parts.add(
          new Criterion(
              "is called " + some(c.machines(), " or "),
              m -> c.machines().contains(m.id()) || c.machines().contains(m.name())));
    }
    if (!c.groups().isEmpty()) {
      parts.add(
          new Criterion(
              "is in the group " + some(c.groups(), " or "),
              m -> m.groups().stream().anyMatch(c.groups()::contains)));
    }
    for (String label : c.labels()) {
      parts.add(new Criterion("has the label " + label, m -> m.labels().contains(label)));
    }
    for (Map.Entry<String, List<String>> wanted : c.match().entrySet()) {
      parts.add(
          new Criterion(
              "has " + wanted.getKey() + " " + some(wanted.getValue(), " or "),
              m ->
                  m.matchable().getOrDefault(wanted.getKey(), List.of()).stream()
                      .anyMatch(wanted.getValue()::contains)));
    }
    return parts;
  }

  private static String some(List<String> words, String between) {
    List<String> out = new ArrayList<>(words.stream().limit(NAMED).toList());
    if (words.size() > NAMED) {
      out.add((words.size() - NAMED) + " more");
    }
    return String.join(between, out);
  }
}
