package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Resolves the paths of fetched files, and refuses those that leave their directory. */
final class TargetPaths {
  private TargetPaths() {}

  /** The directory {@code to} of a workspace, created if missing. No part of it may be a link. */
  static Path directory(Path workspace, String to) throws FetchFailed {
    Path dir = inside(workspace, to, "\"to\"");
    try {
      return withoutLinks(workspace, dir, "\"to\"");
    } catch (IOException e) {
      throw new FetchFailed("cannot make the directory " + to, e);
    }
  }

  /**
   * Makes the directories from {@code root} down to {@code dir}, one after the other.
   *
   * @throws FetchFailed when one of them is a link, which an earlier input may have made, or a file
   */
  static Path withoutLinks(Path root, Path dir, String what) throws IOException, FetchFailed {
    Path base = root.toAbsolutePath().normalize();
    Path step = base;
    for (Path part : base.relativize(dir)) {
      step = step.resolve(part);
      if (Files.isSymbolicLink(step)) {
        throw new FetchFailed(what + " leads through a link, which could leave: " + part);
      }
      if (!Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS)) {
        if (Files.exists(step, LinkOption.NOFOLLOW_LINKS)) {
          throw new FetchFailed(what + " leads through a file: " + part);
        }
        Files.createDirectory(step);
      }
    }
    return dir;
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
