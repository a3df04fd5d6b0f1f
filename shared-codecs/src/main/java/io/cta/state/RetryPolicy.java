package io.cta.state;

/** How often a task may be tried again, after a failed test and after an infrastructure failure. */
public record RetryPolicy(int retries, int infraRetries) {}
