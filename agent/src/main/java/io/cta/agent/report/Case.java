package io.cta.agent.report;

import io.cta.domain.Result;

/**
 * One case of a report.
 *
 * @param name unique within a test's reports
 * @param message what went wrong, or why it was skipped; null when there is nothing to say
 * @param durationMs as the framework measured it, or null
 */
public record Case(String name, Result result, boolean skipped, String message, Long durationMs) {}
