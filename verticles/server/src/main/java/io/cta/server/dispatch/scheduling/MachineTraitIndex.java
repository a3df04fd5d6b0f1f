package io.cta.server.dispatch.scheduling;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Knows which machines have which traits. Event loop of its verticle only. */
public final class MachineTraitIndex {
  private final Map<MachineTrait, Set<String>> machines = new HashMap<>();
  private final Set<String> all = new HashSet<>();

  /**
   * @param before the machine as it was put last, or null
   */
  void put(Machine before, Machine now) {
    if (before != null) {
      MachineTrait.of(before).forEach(trait -> remove(trait, before.id()));
      all.remove(before.id());
    }
    MachineTrait.of(now).forEach(trait -> machines.merge(trait, Set.of(now.id()), this::joined));
    if (now.health() != Health.RETIRED) {
      all.add(now.id());
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** True when a machine has one of these traits. */
  boolean has(Collection<MachineTrait> any) {
    return any.stream().anyMatch(machines::containsKey);
  }

  /** The ids of all machines that meet the criteria, and of some that do not: check each. */
  Set<String> candidates(MachineCriteria criteria) {
    return criteria.parts().stream()
        .map(MachineCriteria.Part::any)
        .min(Comparator.comparingInt(this::count))
        .map(this::having)
        .orElse(all);
  }

  private int count(List<MachineTrait> any) {
    return any.stream().mapToInt(trait -> machines.getOrDefault(trait, Set.of()).size()).sum();
  }

  private Set<String> having(List<MachineTrait> any) {
    Set<String> out = new HashSet<>();
    any.forEach(trait -> out.addAll(machines.getOrDefault(trait, Set.of())));
    return out;
  }

  /** Many traits are of one machine only, such as its name: those take no growing set. */
  private Set<String> joined(Set<String> having, Set<String> one) {
    Set<String> out = having.size() == 1 ? new HashSet<>(having) : having;
    out.addAll(one);
    return out;
  }

  private void remove(MachineTrait trait, String id) {
    machines.computeIfPresent(trait, (t, having) -> without(having, id));
  }

  private static Set<String> without(Set<String> having, String id) {
    if (having.size() == 1) {
      return having.contains(id) ? null : having;
    }
    having.remove(id);
    return having;
  }
}
