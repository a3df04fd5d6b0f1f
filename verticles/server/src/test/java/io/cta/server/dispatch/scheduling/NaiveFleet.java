package io.cta.server.dispatch.scheduling;

import io.cta.bus.MachineChanged;
import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The fleet without an index, which looks at every machine for every question. The oracle. */
final class NaiveFleet {
  static final class Entry {
    MachineChanged said;
    int used;
    int declines;
    Long pausedUntil;
    Long succeededAt;

    private boolean online() {
      return said.machine().presence() == MachinePresence.ONLINE;
    }

    private boolean takes() {
      Machine m = said.machine();
      return online() && m.health() == Health.ACTIVE && !said.leaving() && m.trouble() == null;
    }

    private int free() {
      return said.machine().slots() - used;
    }

    private boolean offered(long now) {
      return takes() && free() > 0 && (pausedUntil == null || now - pausedUntil >= 0);
    }
  }

  private static final Comparator<Entry> BEST_FIRST =
      Comparator.<Entry, Boolean>comparing(m -> m.said.machine().failuresInRow() > 0)
          .thenComparing(m -> -m.free())
          .thenComparing(m -> Math.max(0, Math.round(m.said.load())))
          .thenComparing(m -> m.succeededAt, Comparator.nullsLast(Comparator.reverseOrder()))
          .thenComparing(m -> m.said.machine().name());

  final Map<String, Entry> machines = new TreeMap<>();

  void changed(MachineChanged said) {
    machines.computeIfAbsent(said.machine().id(), id -> new Entry()).said = said;
  }

  void declined(String id, long now) {
    Entry m = machines.get(id);
    m.pausedUntil = now + Math.min(30_000, 500L << Math.min(m.declines++, 6)) * 1_000_000;
  }

  void accepts(String id) {
    machines.get(id).declines = 0;
    machines.get(id).pausedUntil = null;
  }

  List<String> matching(MachineCriteria c) {
    return members(c).map(m -> m.said.machine().id()).toList();
  }

  long online(MachineCriteria c) {
    return members(c).filter(Entry::online).count();
  }

  long busy(MachineCriteria c) {
    return members(c).filter(m -> m.takes() && m.free() <= 0).count();
  }

  List<String> unwilling(MachineCriteria c) {
    return members(c)
        .filter(m -> m.online() && !m.takes())
        .map(m -> m.said.machine().name())
        .sorted()
        .toList();
  }

  boolean offered(String id, long now) {
    return machines.containsKey(id) && machines.get(id).offered(now);
  }

  String best(MachineCriteria c, Set<String> avoided, long now) {
    List<String> ids =
        members(c)
            .filter(m -> m.offered(now))
            .sorted(BEST_FIRST)
            .map(m -> m.said.machine().id())
            .toList();
    String first = ids.isEmpty() ? null : ids.get(0);
    return ids.stream().filter(id -> !avoided.contains(id)).findFirst().orElse(first);
  }

  private Stream<Entry> members(MachineCriteria c) {
    return machines.values().stream().filter(m -> MachineMatcher.matches(c, m.said.machine()));
  }
}
