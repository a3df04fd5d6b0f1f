package io.cta.server.aggregation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The executions that must be updated, in the order in which they were marked. An execution is
 * updated once at a time: one that is marked during its update is due again after it. Pure; event
 * loop of its verticle only.
 */
final class UpdateQueue {
  private final int maxBusy;
  private final Set<String> marked = new LinkedHashSet<>();
  private final Set<String> busy = new HashSet<>();

  /**
   * @param maxBusy updates that are under way at the same time
   */
  UpdateQueue(int maxBusy) {
    this.maxBusy = maxBusy;
  }

  void mark(String executionId) {
    marked.add(executionId);
  }

  /** Forgets that an execution was marked. */
  void unmark(String executionId) {
    marked.remove(executionId);
  }

  /** The executions to update now. Each of them is busy until it is {@link #finished}. */
  List<String> takeDue() {
    List<String> due = new ArrayList<>();
    Iterator<String> ids = marked.iterator();
    while (ids.hasNext() && busy.size() < maxBusy) {
      String id = ids.next();
      if (busy.add(id)) {
        ids.remove();
        due.add(id);
      }
    }
    return due;
  }

  /** The update of an execution is over, well or not. */
  void finished(String executionId) {
    busy.remove(executionId);
  }

  boolean isBusy(String executionId) {
    return busy.contains(executionId);
  }

  boolean isMarked(String executionId) {
    return marked.contains(executionId);
  }

  boolean hasMarked() {
    return !marked.isEmpty();
  }
}
