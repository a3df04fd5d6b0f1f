package io.cta.agent.result;

import io.cta.domain.Result;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.vertx.core.json.JsonObject;

/**
 * A result that a test reported by the result API.
 *
 * @param testId as given: a test of the task, or a name of the test's own; null for the running
 *     test
 * @param custom every field that has no place of its own, or null
 */
@RecordBuilder
public record ReportedResult(
    String testId,
    String testName,
    String name,
    Result result,
    boolean skipped,
    String description,
    String message,
    Long durationMs,
    JsonObject custom) {}
