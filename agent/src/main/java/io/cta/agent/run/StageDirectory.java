package io.cta.agent.run;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The directory that a stage runs in.
 *
 * @param problem why it cannot be used, for people; null when it can
 */
record StageDirectory(Path path, String problem) {
  /**
   * @param cwd below the workspace, or null for the workspace itself
   */
  static StageDirectory of(Path workspace, String cwd) {
    if (!Files.isDirectory(workspace)) {
      return new StageDirectory(null, "the workspace is gone: something removed it");
    }
    if (cwd == null) {
      return new StageDirectory(workspace, null);
    }
    try {
      Path path = workspace.resolve(cwd).normalize();
      if (Files.isDirectory(path)) {
        return new StageDirectory(path, null);
      }
      return new StageDirectory(
          null,
          Files.exists(path)
              ? cwd + " in the workspace is not a directory"
              : "there is no directory " + cwd + " in the workspace");
    } catch (InvalidPathException e) {
      return new StageDirectory(null, cwd + " cannot be a directory's name on this machine");
    }
  }
}
