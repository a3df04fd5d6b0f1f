package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * A file that a test left behind and the server keeps. The content is stored once for all artifacts
 * with the same digest.
 *
 * @param id {@code taskId.attempt-digest}, the digest over test and path: the same file of the same
 *     attempt has the same id
 * @param attempt from 1
 * @param testId the test after which the file was found
 * @param machineId the machine that sent it
 * @param path below the workspace, as {@link ArtifactPath} allows it
 * @param size in bytes
 * @param sha256 of the content, in small hex digits
 * @param at when the server had all of it
 */
@RecordBuilder
public record Artifact(
    String id,
    String executionId,
    String taskId,
    int attempt,
    String testId,
    String machineId,
    String path,
    long size,
    String sha256,
    Instant at) {}
