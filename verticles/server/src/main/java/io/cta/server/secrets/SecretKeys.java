package io.cta.server.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a server: the first seals, each opens what it has sealed. In a file they stand one in
 * a line. Blocking where it says so.
 */
public final class SecretKeys {
  /** Name of the file in the server's data directory. */
  public static final String FILE = "secret-keys";

  private static final String RULE = "must be keys of 32 bytes in base64, the newest first";

  final List<SecretKey> keys;

  private SecretKeys(List<SecretKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Parses keys separated by commas, blanks or line breaks; throws IllegalArgumentException, whose
   * text has no part of a key, unless there is one at least.
   */
  public static SecretKeys parse(String text) {
    List<SecretKey> keys = new ArrayList<>();
    for (String word : text.split("[,\\s]+")) {
      if (!word.isEmpty()) {
        try {
          keys.add(SecretKey.parse(word));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(RULE);
        }
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(RULE);
    }
    return new SecretKeys(keys);
  }

  /** Reads the file of a data directory, which is created with a new key if missing. Blocks. */
  public static SecretKeys open(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve(FILE);
    if (!Files.exists(file)) {
      Files.createDirectories(dataDirectory);
      try {
        write(file, new SecretKeys(List.of(SecretKey.generate())), false);
      } catch (FileAlreadyExistsException e) {
        // another server was faster
      }
    }
    return read(file);
  }

  /** Reads a file of keys. Blocks. */
  public static SecretKeys read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " " + e.getMessage(), e);
    }
  }

  /** Replaces a file of keys, at once. Blocks. */
  public void replace(Path file) throws IOException {
    write(file, this, true);
  }

  /** These keys, with a new one that seals from now on. */
  public SecretKeys withNewKey() {
    List<SecretKey> all = new ArrayList<>(List.of(SecretKey.generate()));
    all.addAll(keys);
    return new SecretKeys(all);
  }

  /** Only the key that seals. */
  public SecretKeys newest() {
    return new SecretKeys(keys.subList(0, 1));
  }

  public int size() {
    return keys.size();
  }

  /** Says nothing of the keys but how they are called in what they sealed. */
  @Override
  public String toString() {
    return keys.toString();
  }

  /** Writes beside the file first: what is half written is no key. */
  private static void write(Path file, SecretKeys keys, boolean replacing) throws IOException {
    Path beside = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new", ownOnly());
    try {
      List<String> lines = keys.keys.stream().map(SecretKey::text).toList();
      Files.write(beside, lines, StandardCharsets.US_ASCII);
      if (replacing) {
        Files.move(
            beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } else {
        // unlike a move it fails when there is one already
        Files.createLink(file, beside);
      }
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static FileAttribute<?>[] ownOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
