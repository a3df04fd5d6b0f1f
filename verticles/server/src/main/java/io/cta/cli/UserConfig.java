package io.cta.cli;

import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.disk.HomeDirectory;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** What {@code login} keeps of a user: small files below {@code ~/.config/cta}. */
final class UserConfig {
  static final String TOKEN = "token";
  static final String SERVER = "server";
  private static final String DIRECTORY = ".config/cta/";

  private UserConfig() {}

  /** The content of a file, or null when there is none. */
  static String read(String name) {
    Path file = HomeDirectory.of(System.getenv()).existing(DIRECTORY + name).orElse(null);
    if (file == null) {
      return null;
    }
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new CliFailure(ExitCode.USAGE, "cannot read " + file + ": " + e);
    }
  }

  /** Writes a file that only the user can read. */
  static Path write(String name, String text) {
    HomeDirectory home = HomeDirectory.of(System.getenv());
    Path directory =
        home.existing(".config")
            .or(() -> home.writable(".config"))
            .map(config -> config.resolve("cta"))
            .orElseThrow(() -> new CliFailure(ExitCode.USAGE, "there is no home directory"));
    try {
      Files.createDirectories(directory);
      Path beside = Files.createTempFile(directory, name, ".new", ownOnly());
      Files.writeString(beside, text + "\n");
      return Files.move(beside, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CliFailure(ExitCode.NOT_WRITTEN, "cannot write below " + directory + ": " + e);
    }
  }

  private static FileAttribute<?>[] ownOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
