package io.cta.agent.report;

import io.cta.domain.CaseDetails;
import io.cta.domain.Result;

/**
 * Bounds the details of all cases together, so that output does not use up the room for results.
 * Passed cases lose their details first. Not safe from several threads.
 */
public final class DetailsBudget {
  private static final long PASSED_CHARS = 8_000_000;
  private static final long ALL_CHARS = 48_000_000;

  private long used;

  /** The case, without its details when there is no room for them. */
  public TestCase within(TestCase one) {
    if (one.details() == null) {
      return one;
    }
    used += size(one.details());
    return used > (one.result() == Result.OK ? PASSED_CHARS : ALL_CHARS)
        ? one.withoutDetails()
        : one;
  }

  private static long size(CaseDetails details) {
    long size = length(details.trace()) + length(details.stdout()) + length(details.stderr());
    size += details.reruns().stream().mapToLong(String::length).sum();
    size += details.attachments().stream().mapToLong(String::length).sum();
    size += details.properties().values().stream().mapToLong(String::length).sum();
    return size + 100;
  }

  private static long length(String text) {
    return text == null ? 0 : text.length();
  }
}
