package io.cta.agent.intake;

/** Counts the slots that are taken. Event loop only. */
final class TaskSlots {
  private final int total;
  private final Runnable changed;
  private int used;

  /**
   * @param changed called whenever a slot is taken or given back
   */
  TaskSlots(int total, Runnable changed) {
    this.total = total;
    this.changed = changed;
  }

  /** Takes a slot, even beyond the total: a recovered attempt runs in any case. */
  void take() {
    used++;
    changed.run();
  }

  void release() {
    used--;
    changed.run();
  }

  int free() {
    return Math.max(0, total - used);
  }

  boolean idle() {
    return used == 0;
  }
}
