package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * How far a build is that an {@link AfterHandler} had Jenkins make.
 *
 * @param job its name, behind those of its folders
 * @param askedAt when Jenkins was asked for it first: from then on there may be one; null before
 * @param acceptedAt when Jenkins had taken it, or null
 * @param until when it is no longer followed, or null before it was taken
 * @param queueItem its number in Jenkins' queue, or null
 * @param number of the build, or null before there is one
 * @param url where people see the build, or the job; below the forge's own address
 * @param result in Jenkins' words: SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED; null before the
 *     end, or if it never becomes known
 * @param trouble why the last look at it failed, or null when it did not
 */
@RecordBuilder
public record BuildProgress(
    String job,
    Instant askedAt,
    Instant acceptedAt,
    Instant until,
    Long queueItem,
    Integer number,
    String url,
    String result,
    String trouble) {
  private static final int MAX_RESULT = 100;

  public BuildProgress {
    result = FieldChecks.line(result, MAX_RESULT);
    trouble = FieldChecks.line(trouble, AfterOutcome.MAX_TEXT);
  }
}
