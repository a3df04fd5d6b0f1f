package io.cta.agent.fetch;

import io.cta.agent.process.OperatingSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the entries of an archive into a new, empty directory. Every step of a path is a directory
 * that it made itself: nothing is written through a link. Bytes are counted as they are written.
 */
final class ArchiveWriter {
  private static final int OWNER = 0600;
  private static final int KEPT_MODE = 0755; // no setuid, and nothing that others may change

  private final Path root;
  private final ArchiveLimits limits;
  private final DiskReserve reserve;
  private final List<Path> links = new ArrayList<>();
  private long bytes;
  private int entries;

  ArchiveWriter(Path root, ArchiveLimits limits, DiskReserve reserve) {
    this.root = root.toAbsolutePath().normalize();
    this.limits = limits;
    this.reserve = reserve;
  }

  void directory(String name) throws IOException, FetchFailed {
    Path path = path(name);
    TargetPaths.withoutLinks(root, path, entry(name));
  }

  /**
   * Writes a file.
   *
   * @param declared bytes that the archive says it has
   * @param mode its mode in Unix, or 0 when the archive does not say
   * @param replaces whether an entry of the same name may have gone before, as in a tar that was
   *     appended to
   */
  void file(String name, InputStream in, long declared, int mode, boolean replaces)
      throws IOException, FetchFailed {
    if (declared > limits.entryBytes()) {
      throw tooLarge(name);
    }
    Path path = place(name, replaces);
    byte[] buffer = new byte[64 * 1024];
    long written = 0;
    try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        written += n;
        bytes += n;
        if (written > limits.entryBytes() || bytes > limits.totalBytes()) {
          throw tooLarge(name);
        }
        if (written > declared) {
          throw new FetchFailed(entry(name) + " has more bytes than it says");
        }
        reserve.take(n);
        out.write(buffer, 0, n);
      }
    }
    if (written < declared) {
      throw new FetchFailed(entry(name) + " has fewer bytes than it says: the archive is cut off");
    }
    setMode(path, mode);
  }

  /** Makes a link; {@link #finish} checks where it leads. */
  void symbolicLink(String name, String target, boolean replaces) throws IOException, FetchFailed {
    if (target.isEmpty()
        || target.startsWith("/")
        || target.indexOf('\\') >= 0
        || target.matches("[A-Za-z]:.*")
        || target.chars().anyMatch(Character::isISOControl)) {
      throw new FetchFailed(entry(name) + " is a link that leaves the archive: " + target);
    }
    Path path = place(name, replaces);
    Files.createSymbolicLink(path, root.getFileSystem().getPath(target));
    links.add(path);
  }

  /**
   * Makes another name of a file that went before.
   *
   * @param target name of that entry
   */
  void hardLink(String name, String target, boolean replaces) throws IOException, FetchFailed {
    Path other = EntryPaths.resolve(root, target, limits.depth());
    Path path = place(name, replaces);
    boolean good = other.startsWith(root) && ArchiveLinks.isPlain(root, other);
    if (!good) {
      throw new FetchFailed(entry(name) + " is a link to what is no file before it: " + target);
    }
    Files.createLink(path, other);
  }

  /**
   * Ends it.
   *
   * @throws FetchFailed when a link leads out of the directory
   */
  void finish() throws IOException, FetchFailed {
    for (Path link : links) {
      if (Files.isSymbolicLink(link) && !ArchiveLinks.staysInside(root, link)) {
        throw new FetchFailed(
            entry(root.relativize(link).toString())
                + " is a link that leaves the archive: "
                + Files.readSymbolicLink(link));
      }
    }
  }

  private Path place(String name, boolean replaces) throws IOException, FetchFailed {
    Path path = path(name);
    if (path.equals(root)) {
      throw new FetchFailed(entry(name) + " is no file");
    }
    TargetPaths.withoutLinks(root, path.getParent(), entry(name));
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      if (!replaces || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new FetchFailed(entry(name) + " is there twice");
      }
      Files.delete(path);
    }
    return path;
  }

  private Path path(String name) throws FetchFailed {
    if (++entries > limits.entries()) {
      throw new FetchFailed("the archive has more than " + limits.entries() + " entries");
    }
    return EntryPaths.resolve(root, name, limits.depth());
  }

  private FetchFailed tooLarge(String name) {
    return new FetchFailed(
        entry(name)
            + " makes the archive too large: this machine's agent takes "
            + limits.entryBytes()
            + " bytes of a file and "
            + limits.totalBytes()
            + " of an archive");
  }

  private static String entry(String name) {
    return EntryPaths.text(name);
  }

  private static void setMode(Path file, int mode) throws IOException {
    if (mode == 0 || OperatingSystem.CURRENT == OperatingSystem.WINDOWS) {
      return;
    }
    int kept = mode & KEPT_MODE | OWNER;
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values(); // from the owner's to read, 0400
    for (int i = 0; i < all.length; i++) {
      if ((kept & 0400 >> i) != 0) {
        permissions.add(all[i]);
      }
    }
    Files.setPosixFilePermissions(file, permissions);
  }
}
