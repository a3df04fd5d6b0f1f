package io.cta.message;

import io.cta.domain.CaseDetails;
import io.cta.domain.Result;
import io.cta.domain.StatusSource;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.vertx.core.json.JsonObject;

/** One status as the agent reports it; see {@link io.cta.domain.Status} for the fields. */
@RecordBuilder
public record StatusReport(
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
    JsonObject custom,
    String suite,
    boolean flaky,
    CaseDetails details) {}
