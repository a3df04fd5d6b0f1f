package io.cta.agent.artifact;

import java.time.Duration;

/**
 * How much of what tests leave behind this machine keeps and sends.
 *
 * @param fileBytes of one file
 * @param testBytes of all files of one test
 * @param taskBytes of all files of one attempt
 * @param files of one attempt
 * @param minFreeBytes left on the disk while files are copied; 0 for a twentieth of it, at most 512
 *     MB
 * @param uploadTime for all files of one attempt, after its tests
 */
public record ArtifactLimits(
    long fileBytes,
    long testBytes,
    long taskBytes,
    int files,
    long minFreeBytes,
    Duration uploadTime) {
  public static final ArtifactLimits DEFAULT =
      new ArtifactLimits(1L << 30, 2L << 30, 4L << 30, 2000, 0, Duration.ofMinutes(10));
}
