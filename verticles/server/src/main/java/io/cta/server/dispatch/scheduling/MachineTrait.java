package io.cta.server.dispatch.scheduling;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One thing that a configuration can ask of a machine.
 *
 * @param key of a fact or property, empty for the other kinds
 */
record MachineTrait(Kind kind, String key, String value) {
  enum Kind {
    NAME,
    GROUP,
    LABEL,
    FACT
  }

  /** The id or the name of a machine. */
  static MachineTrait called(String idOrName) {
    return new MachineTrait(Kind.NAME, "", idOrName);
  }

  static MachineTrait group(String group) {
    return new MachineTrait(Kind.GROUP, "", group);
  }

  static MachineTrait label(String label) {
    return new MachineTrait(Kind.LABEL, "", label);
  }

  static MachineTrait fact(String key, String value) {
    return new MachineTrait(Kind.FACT, key, value);
  }

  /** All traits of a machine; none when it is retired, because then it matches nothing. */
  static Set<MachineTrait> of(Machine m) {
    Set<MachineTrait> out = new HashSet<>();
    if (m.health() == Health.RETIRED) {
      return out;
    }
    out.add(called(m.id()));
    out.add(called(m.name()));
    m.groups().forEach(group -> out.add(group(group)));
    m.labels().forEach(label -> out.add(label(label)));
    for (Map.Entry<String, List<String>> fact : m.matchable().entrySet()) {
      fact.getValue().forEach(value -> out.add(fact(fact.getKey(), value)));
    }
    return out;
  }
}
