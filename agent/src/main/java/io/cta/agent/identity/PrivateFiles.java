package io.cta.agent.identity;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates files and directories that no other user can read, where the system knows of users. */
public final class PrivateFiles {
  private static final Logger log = LoggerFactory.getLogger(PrivateFiles.class);
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private PrivateFiles() {}

  /** Creates the directory if missing, and in any case makes it private to its owner. */
  public static Path directory(Path dir) throws IOException {
    Files.createDirectories(dir);
    makePrivate(dir, DIRECTORY);
    return dir;
  }

  /** Opens a file; a new one is private to its owner. */
  public static FileChannel open(Path file, Set<OpenOption> options) throws IOException {
    FileAttribute<?>[] attributes =
        posix(file.toAbsolutePath().getParent())
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
            : new FileAttribute<?>[0];
    return FileChannel.open(file, options, attributes);
  }

  private static void makePrivate(Path path, Set<PosixFilePermission> permissions)
      throws IOException {
    if (!posix(path) || Files.getPosixFilePermissions(path).equals(permissions)) {
      return;
    }
    try {
      Files.setPosixFilePermissions(path, permissions);
    } catch (IOException e) {
      // the volume belongs to another user
      log.warn("others may be able to read {}: {}", path, e.toString());
    }
  }

  private static boolean posix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }
}
