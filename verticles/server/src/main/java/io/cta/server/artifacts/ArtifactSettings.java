package io.cta.server.artifacts;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much is kept, and where.
 *
 * @param directory of what is still on its way, and of the contents unless they are in a bucket
 * @param hindrance why none is taken, for people; null when they are
 * @param maxFileBytes of one artifact
 * @param maxTaskBytes of all artifacts of one attempt of a task
 * @param maxFiles artifacts of one attempt of a task
 * @param linkLifetime how long a signed link to an artifact is good
 */
public record ArtifactSettings(
    Path directory,
    String hindrance,
    long maxFileBytes,
    long maxTaskBytes,
    int maxFiles,
    Duration linkLifetime) {}
