package io.cta.agent.fetch;

import io.cta.domain.Repository;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Copies a file, or the content of a directory, from this machine. */
final class LocalSource implements InputSource {
  @Override
  public FetchedVersion fetch(Repository input, Path to, FetchContext context) throws FetchFailed {
    Path from = Path.of(InputSource.required("local", "path", input.path()));
    if (!from.isAbsolute()) {
      throw new FetchFailed("\"path\" of a local input must be absolute: " + from);
    }
    try {
      if (Files.isDirectory(from)) {
        Files.walkFileTree(from, new Copier(from, to));
      } else if (Files.isRegularFile(from)) {
        Path file = to.resolve(from.getFileName());
        copy(from, file);
        FileDigest.check(file, input.sha256(), from.toString());
      } else {
        throw new FetchFailed("there is no " + from + " on this machine");
      }
    } catch (IOException e) {
      throw new FetchFailed("cannot copy " + from, e);
    }
    return FetchedVersion.NONE;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(
        from,
        to,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES,
        LinkOption.NOFOLLOW_LINKS);
  }

  private static final class Copier extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copier(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) throws IOException {
      // the workspace may be below what is copied
      if (dir.equals(to)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectories(to.resolve(from.relativize(dir)));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
      copy(file, to.resolve(from.relativize(file)));
      return FileVisitResult.CONTINUE;
    }
  }
}
