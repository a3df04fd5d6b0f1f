package io.cta.server.dispatch.scheduling;

import io.cta.domain.AskedExecution;
import io.cta.domain.Configuration;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionChain;
import io.cta.domain.ResolvedInput;
import io.cta.domain.RunMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An execution, its rules and its tasks, as scheduling sees it. Event loop of its verticle only.
 */
public final class ExecutionEntry {
  public final String executionId;
  final RunMode mode;
  final int priority;
  final String group;
  final int minimum;
  final int maxParallel;
  final Duration running;

  /** Executions before it in its chain. */
  public final int depth;

  public final MachinePool pool;
  public final Map<String, TaskEntry> tasks = new HashMap<>();

  /** Tasks on a queue that no agent has acked. */
  final Map<String, TaskEntry> released = new LinkedHashMap<>();

  /** Waiting tasks by ordinal. */
  public final TreeMap<Integer, TaskEntry> waiting = new TreeMap<>();

  /** Waiting tasks, by ordinal, that are bound to a machine which could take them now. */
  final TreeMap<Integer, TaskEntry> ready = new TreeMap<>();

  /** How many of its tasks each machine has. */
  final Map<String, Integer> atWork = new HashMap<>();

  /** Machines that were told to take tasks from its group queue. */
  public final Set<String> invited = new HashSet<>();

  /** Machines that took tasks from its group queue, no matter which server invited them. */
  public final Set<String> guests = new HashSet<>();

  /** True when some of its tasks may go to any machine of its pool. */
  boolean pooled;

  /** True once a task of it was released; the minimum of machines matters only before. */
  boolean begun;

  /** True when all its tasks that are not terminal are in {@link #tasks}. */
  public boolean complete;

  /** True until its tasks are in the store; until then the scheduler releases none of them. */
  public boolean unstored;

  /** True until it is known what its inputs are; until then its tasks begin one after the other. */
  private boolean resolving;

  /** What its inputs are, once that is known. */
  private List<ResolvedInput> resolvedInputs;

  /** True when somebody wants it to end; from then on none of its tasks is released. */
  public boolean stopped;

  ExecutionEntry(AskedExecution asked, MachinePool pool) {
    Execution execution = asked.execution();
    Configuration c = asked.snapshot().configuration();
    this.executionId = execution.id();
    this.depth = ExecutionChain.depth(execution.chain());
    this.mode = execution.mode();
    this.priority = execution.priority();
    this.group = execution.group() == null ? "" : execution.group();
    this.minimum = c.minimum();
    this.maxParallel = c.maxParallel();
    this.running = asked.snapshot().scenario().timeouts().running().duration();
    this.pool = pool;
    this.begun = execution.startedAt() != null;
    this.stopped = execution.cancelRequestedAt() != null;
    resolved(execution);
  }

  /** Takes over what the execution says of its inputs. */
  public void resolved(Execution execution) {
    resolving = execution.resolving();
    resolvedInputs = execution.resolvedInputs();
  }

  public boolean isResolving() {
    return resolving;
  }

  /** What its inputs are; empty while nobody knows, or when each says it itself. */
  public List<ResolvedInput> resolvedInputs() {
    return resolvedInputs;
  }

  /**
   * True when its tasks go through a queue of its own, from which machines pull. With a limit on
   * the machines at work there is none, because then the server must choose the machines.
   */
  public boolean shared() {
    return (mode == RunMode.GROUP || mode == RunMode.PARALLEL) && maxParallel == 0;
  }

  /** True when none of its tasks is left. */
  public boolean isOver() {
    return complete && tasks.isEmpty();
  }

  LaneKey lane() {
    return new LaneKey(priority, group, pool.criteria, mode == RunMode.STRESS && !pooled);
  }

  /** True when as many machines work for it as its configuration allows. */
  boolean atMost() {
    return maxParallel > 0 && atWork.size() >= maxParallel;
  }

  /** True when tasks of it may be released now. */
  boolean eligible() {
    return !stopped && !unstored && !shortOfMachines() && !awaitsInputs();
  }

  /** True while one of its tasks finds out what its inputs are, and the others wait for that. */
  boolean awaitsInputs() {
    return resolving && !(released.isEmpty() && atWork.isEmpty());
  }

  /** True while fewer of its machines are online than it needs to begin. */
  boolean shortOfMachines() {
    return !begun && minimum > 1 && pool.online() < minimum;
  }
}
