package io.cta.agent.fetch;

import io.cta.agent.workspace.DirectoryRemover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The files that ssh reads while git runs: private key and known hosts, in a directory that only
 * this user enters. They are outside of workspace and cache, and gone when git has ended.
 *
 * @param key the private key, or null for the machine's own
 * @param knownHosts the only host keys that count, or null for those that the machine knows
 */
record SshFiles(Path dir, Path key, Path knownHosts) implements AutoCloseable {
  /**
   * @param keys the directory for such directories; made if missing
   */
  static SshFiles of(GitAccess access, Path keys) throws IOException {
    Files.createDirectories(keys);
    Path dir = Files.createTempDirectory(keys, "git-").toAbsolutePath(); // for this user alone
    Path key = null;
    Path knownHosts = null;
    if (access.key() != null) {
      // ssh wants the end of the last line, which is easily lost when a key is copied
      key = write(dir.resolve("key"), access.key().strip().replace("\r", "") + "\n");
    }
    if (!access.hostKeys().isEmpty()) {
      knownHosts = write(dir.resolve("hosts"), String.join("\n", access.hostKeys()) + "\n");
    }
    return new SshFiles(dir, key, knownHosts);
  }

  /** A directory that does not exist. */
  Path nothing() {
    return dir.resolve("nothing");
  }

  private static Path write(Path file, String text) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    } else {
      Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    DirectoryRemover.delete(dir);
  }
}
