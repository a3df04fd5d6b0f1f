package io.cta.server.dispatch.scheduling;

import io.cta.domain.AskedExecution;
import io.cta.domain.Configuration;
import io.cta.domain.Execution;
import io.cta.domain.RunMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An execution on the board: its rules and its tickets. Event loop of its verticle only. */
public final class ExecutionEntry {
  public final String executionId;
  final RunMode mode;
  final int priority;
  final String group;
  final int minimum;
  final int maxParallel;
  final Duration running;
  public final MachinePool pool;
  public final Map<String, TaskEntry> tickets = new HashMap<>();

  /** Tickets on a queue that no agent has acked. */
  final Map<String, TaskEntry> released = new LinkedHashMap<>();

  /** Waiting tickets by ordinal. */
  public final TreeMap<Integer, TaskEntry> waiting = new TreeMap<>();

  /** Those of them, by ordinal, that are bound to a machine which could take them now. */
  final TreeMap<Integer, TaskEntry> ready = new TreeMap<>();

  /** Machines that have tasks of it, and how many. */
  final Map<String, Integer> atWork = new HashMap<>();

  /** Machines asked to take tasks from its group queue. */
  public final Set<String> invited = new HashSet<>();

  /** Machines that took tasks from its group queue, and so read it; whoever invited them. */
  public final Set<String> guests = new HashSet<>();

  /** True when its tasks are bound to no machine, though its mode would bind them. */
  boolean pooled;

  /** True once a task of it was released: the minimum of machines was there. */
  boolean begun;

  /** True when all its tasks that are not terminal have tickets. */
  public boolean complete;

  /** True until its tasks are in the store: nothing of it may be released by others. */
  public boolean unstored;

  /** True when it is to end: nothing of it is released any more. */
  public boolean stopped;

  ExecutionEntry(AskedExecution asked, MachinePool pool) {
    Execution execution = asked.execution();
    Configuration c = asked.snapshot().configuration();
    this.executionId = execution.id();
    this.mode = execution.mode();
    this.priority = execution.priority();
    this.group = execution.group() == null ? "" : execution.group();
    this.minimum = c.minimum();
    this.maxParallel = c.maxParallel();
    this.running = asked.snapshot().scenario().timeouts().running();
    this.pool = pool;
    this.begun = execution.startedAt() != null;
    this.stopped = execution.cancelRequestedAt() != null;
  }

  /**
   * True when its tasks travel through a queue of its own, from which machines pull. With a limit
   * on the machines at work the server has to say which.
   */
  public boolean shared() {
    return (mode == RunMode.GROUP || mode == RunMode.PARALLEL) && maxParallel == 0;
  }

  LaneKey lane() {
    return new LaneKey(priority, group, pool.criteria, mode == RunMode.STRESS && !pooled);
  }

  boolean atMost() {
    return maxParallel > 0 && atWork.size() >= maxParallel;
  }

  /** True when tasks of it may be released now. */
  boolean eligible() {
    return !stopped && !unstored && !shortOfMachines();
  }

  /** True while too few of its machines are online for it to begin. */
  boolean shortOfMachines() {
    return !begun && minimum > 1 && pool.online() < minimum;
  }
}
