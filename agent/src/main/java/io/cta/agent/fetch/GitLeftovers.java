package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Removes what a git that was killed left in a repository: locks, which would stop every later
 * command, and packs that are not whole. Only for a repository that nobody uses.
 */
final class GitLeftovers extends SimpleFileVisitor<Path> {
  private GitLeftovers() {}

  static void remove(Path repository) throws IOException {
    Files.walkFileTree(repository, new GitLeftovers());
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".lock") || name.startsWith("tmp_") || name.startsWith(".tmp-")) {
      Files.deleteIfExists(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException gone) {
    return FileVisitResult.CONTINUE;
  }
}
