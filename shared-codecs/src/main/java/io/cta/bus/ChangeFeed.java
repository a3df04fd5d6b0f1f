package io.cta.bus;

import io.vertx.core.Vertx;
import java.util.function.BiConsumer;

/**
 * What became of tasks and executions, told once it is in the store: to those who hear of all at
 * {@link BusAddresses#TASK_CHANGED} and {@link BusAddresses#EXECUTION_CHANGED}, and to those who
 * own a partition only what is in it, so that a change wakes nobody whom it does not concern.
 */
public final class ChangeFeed {
  private ChangeFeed() {}

  /** Announces a change made on this node. */
  public static void announce(Vertx vertx, TaskChanged change) {
    BusAdapter.announce(vertx, BusAddresses.TASK_CHANGED, change);
    BusAdapter.announce(vertx, slotAddress(change), change);
  }

  /** Announces a change made on this node. */
  public static void announce(Vertx vertx, ExecutionChanged change) {
    BusAdapter.announce(vertx, BusAddresses.EXECUTION_CHANGED, change);
    BusAdapter.announce(vertx, slotAddress(change), change);
  }

  /** Passes on to this node any announcement of another, or one that the store made up for. */
  public static void passOn(Vertx vertx, String address, Object body, EventOrigin origin) {
    BusAdapter.passOn(vertx, address, body, origin);
    if (body instanceof TaskChanged change) {
      BusAdapter.passOn(vertx, slotAddress(change), body, origin);
    } else if (body instanceof ExecutionChanged change) {
      BusAdapter.passOn(vertx, slotAddress(change), body, origin);
    }
  }

  /** Hears of the tasks of one partition's executions. */
  public static void hearTasks(
      Vertx vertx, int partition, int partitions, BiConsumer<TaskChanged, EventOrigin> handler) {
    for (int slot = partition; slot < BusAddresses.SLOTS; slot += partitions) {
      BusAdapter.hearFrom(vertx, slotAddress(BusAddresses.TASK_CHANGED, slot), handler);
    }
  }

  /** Hears of one partition's executions. */
  public static void hearExecutions(
      Vertx vertx,
      int partition,
      int partitions,
      BiConsumer<ExecutionChanged, EventOrigin> handler) {
    for (int slot = partition; slot < BusAddresses.SLOTS; slot += partitions) {
      BusAdapter.hearFrom(vertx, slotAddress(BusAddresses.EXECUTION_CHANGED, slot), handler);
    }
  }

  private static String slotAddress(TaskChanged change) {
    return slotAddress(BusAddresses.TASK_CHANGED, BusAddresses.slot(change.task().executionId()));
  }

  private static String slotAddress(ExecutionChanged change) {
    return slotAddress(BusAddresses.EXECUTION_CHANGED, BusAddresses.slot(change.execution().id()));
  }

  private static String slotAddress(String address, int slot) {
    return address + "." + slot;
  }
}
