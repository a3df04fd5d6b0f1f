package io.cta.server.dispatch.scheduling;

import io.cta.domain.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which machines a configuration asks for. Executions with equal criteria share a pool. */
public record MachineCriteria(
    List<String> machines,
    List<String> groups,
    List<String> labels,
    Map<String, List<String>> match) {
  /**
   * A part of what is asked.
   *
   * @param verb what a machine does that meets it, such as {@code has the label}
   * @param any a machine meets it with any of these
   */
  record Part(String verb, List<MachineTrait> any) {}

  public static MachineCriteria of(Configuration c) {
    return new MachineCriteria(c.machines(), c.groups(), c.labels(), c.match());
  }

  /** All parts, each of which a machine must meet; empty when every machine will do. */
  List<Part> parts() {
    List<Part> out = new ArrayList<>();
    if (!machines.isEmpty()) {
      out.add(new Part("is called", machines.stream().map(MachineTrait::called).toList()));
    }
    if (!groups.isEmpty()) {
      out.add(new Part("is in the group", groups.stream().map(MachineTrait::group).toList()));
    }
    for (String label : labels) {
      out.add(new Part("has the label", List.of(MachineTrait.label(label))));
    }
    for (Map.Entry<String, List<String>> wanted : match.entrySet()) {
      String key = wanted.getKey();
      out.add(
          new Part(
              "has " + key,
              wanted.getValue().stream().map(value -> MachineTrait.fact(key, value)).toList()));
    }
    return out;
  }
}
