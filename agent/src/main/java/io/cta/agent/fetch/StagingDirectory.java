package io.cta.agent.fetch;

import io.cta.agent.workspace.DirectoryRemover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new, empty directory of a workspace, in which an input is put together before it is moved into
 * its place. So no link that an earlier input left is followed while an input is written, and an
 * input that is refused leaves nothing.
 */
final class StagingDirectory implements AutoCloseable {
  private static final String GIT = ".git";

  private final Path root;

  private StagingDirectory(Path root) {
    this.root = root;
  }

  static StagingDirectory in(Path workspace) throws IOException {
    // the rights of a directory that is made like any other, not those of a temporary one
    Path outer = Files.createTempDirectory(workspace, ".cta-input-");
    Files.createDirectory(outer.resolve("new"));
    return new StagingDirectory(outer);
  }

  Path path() {
    return root.resolve("new");
  }

  /**
   * Moves what is here into a directory that exists. Files that are there already are replaced.
   *
   * @throws FetchFailed when something would have to be written through a link, or a directory
   *     would have to give way to a file; then nothing has been moved
   */
  void moveInto(Path place) throws IOException, FetchFailed {
    moveInto(".", place);
  }

  /** As {@link #moveInto(Path)}, for what is in one folder of it. */
  void moveInto(String folder, Path place) throws IOException, FetchFailed {
    Path from = path().resolve(folder).normalize();
    check(from, place);
    move(from, place);
  }

  private static void check(Path from, Path to) throws IOException, FetchFailed {
    for (Path child : children(from)) {
      Path other = to.resolve(child.getFileName());
      boolean directory = isDirectory(child);
      if (Files.isSymbolicLink(other) && directory) {
        throw new FetchFailed(
            other.getFileName() + " is a link of an earlier input, and nothing is written through");
      }
      if (isThere(other) && directory != isDirectory(other)) {
        throw new FetchFailed(
            other.getFileName()
                + " is a file here and a directory in an earlier input, or the"
                + " other way round");
      }
      if (directory && isDirectory(other) && !isGit(child)) {
        check(child, other);
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    for (Path child : children(from)) {
      Path other = to.resolve(child.getFileName());
      if (isGit(child)) {
        DirectoryRemover.delete(other); // two repositories in one directory: the latter counts
      }
      if (isDirectory(child) && isThere(other)) {
        move(child, other);
      } else {
        Files.move(child, other, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isGit(Path child) {
    return child.getFileName().toString().equals(GIT);
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static List<Path> children(Path dir) throws IOException {
    try (Stream<Path> list = Files.list(dir)) {
      return list.toList();
    }
  }

  @Override
  public void close() throws IOException {
    DirectoryRemover.delete(root);
  }
}
