package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
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
 * @param suite the path of suites that the report has the case in, joined by {@code " > "}, or
 *     null; two cases of one name in two suites are two cases
 * @param flaky true when its own framework ran the case again and it passed at last
 * @param details what the report says besides, or null
 */
@RecordBuilder
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
    JsonObject custom,
    String suite,
    boolean flaky,
    CaseDetails details) {
  public static final int SERVER_INDEX = 1_000_000_000;

  /** The server's name for what a test may have left unsaid when its attempt broke off. */
  public static final String INTERRUPTED = "(interrupted)";

  public static String id(String taskId, int attempt, int index) {
    return taskId + "." + attempt + "." + index;
  }
}
