package io.cta.bench.history;

import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * I2: the server confirms what agents send, stores what it has confirmed, and stores no status
 * twice.
 */
final class ConfirmedCheck {
  private final ViolationCollector found = new ViolationCollector(ExecutionInvariant.I2);
  private final RunHistory history;
  private final Map<String, Task> tasks = new HashMap<>();
  private final Set<String> stored = new HashSet<>();

  private ConfirmedCheck(RunHistory history) {
    this.history = history;
  }

  static List<InvariantViolation> of(RunHistory history) {
    ConfirmedCheck check = new ConfirmedCheck(history);
    history.kept().forEach(check::read);
    history.confirmed().forEach(check::confirmed);
    history.untold().forEach(run -> check.found.breach(run, "is not told to its end"));
    return check.found.all();
  }

  private void read(StoredExecution storedExecution) {
    storedExecution.tasks().forEach(task -> tasks.put(task.id(), task));
    Set<String> said = new HashSet<>();
    for (Status s : storedExecution.statuses()) {
      found.unless(stored.add(s.id()), s.id(), "is there twice");
      boolean agents = s.source() != StatusSource.SERVER;
      String what = s.taskId() + "." + s.attempt() + " " + s.testId() + "/" + s.name();
      if (agents && s.source() == StatusSource.EXIT && !said.add(what)) {
        found.breach(s.id(), "tells the exit of " + s.testId() + " again in the same attempt");
      }
    }
  }

  /**
   * Reports a confirmed status that is not in the store, unless a server refused its attempt
   * because the task had a newer one.
   */
  private void confirmed(String id) {
    if (stored.contains(id)) {
      return;
    }
    int dot = id.lastIndexOf('.');
    String run = id.substring(0, dot);
    Task task = tasks.get(run.substring(0, run.lastIndexOf('.')));
    int attempt = Integer.parseInt(run.substring(run.lastIndexOf('.') + 1));
    if (task == null) {
      found.breach(id, "was confirmed, and its task is not there");
    } else if (EffectiveAttempt.isWhole(task, attempt)) {
      found.breach(id, "was confirmed and is not there");
    } else if (!history.refused().contains(run)) {
      found.breach(id, "was confirmed, and neither stored nor refused");
    }
  }
}
