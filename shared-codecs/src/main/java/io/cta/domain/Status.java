package io.cta.domain;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * One result of one test on one machine.
 *
 * @param id {@code taskId.attempt.index}, so that a repeated report is recognised
 * @param testId the test's id in the execution's snapshot
 * @param name the case within the test, null for the test as a whole
 * @param index 1, 2, 3… in the order the agent took them, per task attempt; the server's own
 *     statuses begin at {@link #SERVER_INDEX}
 * @param result skipped cases carry {@code inconclusive} and {@code skipped}
 * @param durationMs measured by the framework or the agent's monotonic clock, or null
 * @param machineId null when no machine was ever involved
 * @param at stamped by the server
 * @param custom what the test itself added
 */
public record Status(
    String id,
    String executionId,
    String taskId,
    int attempt,
    String testId,
    String testName,
    String name,
    int index,
    Result result,
    boolean skipped,
    StatusSource source,
    String reason,
    String message,
    String description,
    Long durationMs,
    String machineId,
    String machineName,
    Instant at,
    JsonObject custom) {
  public static final int SERVER_INDEX = 1_000_000_000;

  public static String id(String taskId, int attempt, int index) {
    return taskId + "." + attempt + "." + index;
  }
}
