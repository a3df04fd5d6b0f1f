package io.cta.server.view.executions;

import io.cta.domain.Artifact;
import io.cta.server.view.OutwardView;
import java.time.Instant;

/**
 * A file that a test left behind.
 *
 * @param type the media type under which it is served
 * @param link where a program that cannot log in gets it for a while
 */
public record ArtifactView(
    String id,
    String executionId,
    String taskId,
    int attempt,
    String testId,
    String machineId,
    String path,
    long size,
    String sha256,
    Instant at,
    String type,
    String link)
    implements OutwardView {
  /** The artifact with what the server adds. */
  public static ArtifactView of(Artifact a, String type, String link) {
    return new ArtifactView(
        a.id(),
        a.executionId(),
        a.taskId(),
        a.attempt(),
        a.testId(),
        a.machineId(),
        a.path(),
        a.size(),
        a.sha256(),
        a.at(),
        type,
        link);
  }
}
