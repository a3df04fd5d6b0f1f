package io.cta.server.artifacts;

import io.cta.domain.ArtifactPath;
import io.cta.domain.AttemptRef;
import io.cta.error.ServiceFailure;
import io.cta.server.security.TokenText;

/**
 * A file that an agent has for the server.
 *
 * @param testId the test that left it
 * @param path below the workspace
 * @param size in bytes
 * @param sha256 of the content, in small hex digits
 */
public record ArtifactOffer(
    AttemptRef attempt, String testId, String path, long size, String sha256) {
  private static final int ID_CHARS = 32;

  /** Throws INVALID, naming the field, for a path that is not to be trusted. */
  public ArtifactOffer {
    String problem = ArtifactPath.problem(path);
    if (problem != null) {
      throw ServiceFailure.invalid("path", problem);
    }
  }

  /** The same for the same file of the same attempt, so that it is kept once. */
  public String id() {
    String place = TokenText.digest(testId + "\n" + path).substring(0, ID_CHARS);
    return attempt.taskId() + "." + attempt.attempt() + "-" + place;
  }
}
