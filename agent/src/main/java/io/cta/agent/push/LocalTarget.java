package io.cta.agent.push;

import io.cta.s3.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Copies files below a directory of the machine: each whole under its name, or not at all. */
final class LocalTarget implements OutputTarget {
  private final Path root;

  LocalTarget(Path root) {
    this.root = root;
  }

  @Override
  public boolean push(PushFile file) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new PushFailed("there is no directory " + root + " on this machine", false);
    }
    Path target = target(file);
    if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.size(target) == file.size()
        && Sha256.of(target).equals(file.sha256())) {
      return false;
    }
    Path fresh = Files.createTempFile(target.getParent(), ".cta-", ".new");
    try {
      Files.copy(file.content(), fresh, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    return true;
  }

  /** Makes the directories of a file; nothing is written through a link below the output. */
  private Path target(PushFile file) throws IOException {
    try {
      Path at = root;
      String[] parts = file.name().split("/");
      for (int i = 0; i < parts.length - 1; i++) {
        at = at.resolve(parts[i]);
        if (Files.isSymbolicLink(at)) {
          throw new PushFailed(at + " is a link, and nothing is written through", false);
        }
        if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectory(at);
        }
      }
      return at.resolve(parts[parts.length - 1]);
    } catch (InvalidPathException e) {
      throw new PushFailed(file.name() + " is no name for a file of this machine", false);
    }
  }
}
