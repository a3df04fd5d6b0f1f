package io.cta.server.view.executions;

import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.server.view.OutwardView;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * One result of one test on one machine.
 *
 * @param description null in the live feed, as are {@code custom} and {@code details}
 * @param custom fields that the test added, unchanged
 */
public record StatusView(
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
    CaseDetailsView details)
    implements OutwardView {
  public static StatusView of(Status s) {
    return with(s.message(), s.description(), s.custom(), CaseDetailsView.of(s.details()), s);
  }

  /** Without the fields that may be long, and with the given message. */
  public static StatusView brief(String message, Status status) {
    return with(message, null, null, null, status);
  }

  private static StatusView with(
      String message, String description, JsonObject custom, CaseDetailsView details, Status s) {
    return new StatusView(
        s.id(),
        s.executionId(),
        s.taskId(),
        s.attempt(),
        s.testId(),
        s.testName(),
        s.name(),
        s.index(),
        s.result(),
        s.skipped(),
        s.source(),
        s.reason(),
        message,
        description,
        s.durationMs(),
        s.machineId(),
        s.machineName(),
        s.at(),
        custom,
        s.suite(),
        s.flaky(),
        details);
  }
}
