package io.cta.server.live;

import io.cta.bus.MachineChanged;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.server.view.live.MachineActivityView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tracks what each machine does right now: its load and the tasks it has taken. Kept in memory
 * because no document has it. Not thread-safe.
 */
final class MachineActivityTracker {
  /** Ids are never reused, so it is enough to remember the latest. */
  private static final int MAX_GONE = 10_000;

  private final Set<String> gone = new LinkedHashSet<>();
  private final Map<String, MachineEntry> machines = new HashMap<>();
  private final Map<String, String> machineOfTask = new HashMap<>();

  private static final class MachineEntry {
    private double load = -1;
    private long diskFree = -1;
    private boolean leaving;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
  }

  /** True when there is something new to show; always false for a deleted machine. */
  boolean heard(MachineChanged change) {
    if (gone.contains(change.machine().id())) {
      return false;
    }
    MachineEntry m = machine(change.machine().id());
    boolean same =
        Double.compare(m.load, change.load()) == 0
            && m.diskFree == change.diskFree()
            && m.leaving == change.leaving();
    m.load = change.load();
    m.diskFree = change.diskFree();
    m.leaving = change.leaving();
    return !same;
  }

  /** Forgets a deleted machine and ignores announcements about it that arrive late. */
  void forget(String machineId) {
    gone.add(machineId);
    if (gone.size() > MAX_GONE) {
      gone.remove(gone.iterator().next());
    }
    MachineEntry forgotten = machines.remove(machineId);
    if (forgotten != null) {
      machineOfTask.keySet().removeAll(forgotten.tasks.keySet());
    }
  }

  boolean isGone(String machineId) {
    return gone.contains(machineId);
  }

  /** Returns the machines whose tasks changed: none, one, or two when the task moved. */
  List<String> heard(Task task) {
    List<String> changed = new ArrayList<>(2);
    String before = machineOfTask.get(task.id());
    boolean busy = busy(task) && !gone.contains(task.machineId());
    if (before != null && !(busy && before.equals(task.machineId()))) {
      machineOfTask.remove(task.id());
      machine(before).tasks.remove(task.id());
      changed.add(before);
    }
    if (busy) {
      machineOfTask.put(task.id(), task.machineId());
      Task known = machine(task.machineId()).tasks.put(task.id(), task);
      if (known == null || known.state() != task.state()) {
        changed.add(task.machineId());
      }
    }
    return changed;
  }

  MachineActivityView view(String machineId) {
    MachineEntry m = machine(machineId);
    return MachineActivityView.of(machineId, m.load, m.diskFree, m.leaving, m.tasks.values());
  }

  Set<String> machineIds() {
    return machines.keySet();
  }

  private MachineEntry machine(String id) {
    return machines.computeIfAbsent(id, key -> new MachineEntry());
  }

  private static boolean busy(Task task) {
    return task.machineId() != null
        && task.endState() == null
        && (task.state() == State.ACKED || task.state() == State.RUNNING);
  }
}
