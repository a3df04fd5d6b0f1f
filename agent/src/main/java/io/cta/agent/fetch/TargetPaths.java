package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Resolves the paths of fetched files, and refuses those that leave their directory. */
final class TargetPaths {
  private TargetPaths() {}

  /** The directory {@code to} of a workspace, created if missing. */
  static Path directory(Path workspace, String to) throws FetchFailed {
    Path dir = inside(workspace, to, "\"to\"");
    try {
      Files.createDirectories(dir);
      // a link made by an earlier input could lead out
      if (!dir.toRealPath().startsWith(workspace.toRealPath())) {
        throw new FetchFailed("\"to\" leaves the workspace: " + to);
      }
      return dir;
    } catch (IOException e) {
      throw new FetchFailed("cannot make the directory " + to, e);
    }
  }

  static Path inside(Path root, String name, String what) throws FetchFailed {
    try {
      Path base = root.toAbsolutePath().normalize();
      Path path = base.resolve(name).normalize();
      if (path.startsWith(base)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new FetchFailed(what + " is not a path: " + name, e);
    }
    throw new FetchFailed(what + " leaves the directory it belongs in: " + name);
  }
}
