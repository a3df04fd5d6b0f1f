package io.cta.agent.journal;

/**
 * A file of a test whose content is in the attempt's own directory, to be sent to the server.
 *
 * @param index from 1, the name of the file that has the content
 * @param testId the test that left it
 * @param path its name below the workspace
 * @param size in bytes
 * @param sha256 of the content, in small hex digits
 */
public record StagedArtifact(int index, String testId, String path, long size, String sha256) {}
