package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a file that was fetched where its input is put together; an archive is extracted. */
final class FilePlacement {
  private FilePlacement() {}

  static void place(String name, PartialFile file, Path to, FetchSettings settings)
      throws IOException, FetchFailed {
    if (!ArchiveExtractor.isArchive(name)) {
      Files.copy(file.content(), to.resolve(name));
      return;
    }
    try {
      new ArchiveExtractor(settings).extract(name, file.content(), to);
    } catch (FetchFailed e) {
      file.discardContent(); // it may have been damaged on its way
      throw e;
    }
  }

  /**
   * The last part of a path.
   *
   * @param address that has the path, for people
   */
  static String name(String path, String address) throws FetchFailed {
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean odd = name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl);
    if (name.isEmpty() || name.equals("..") || name.equals(".") || odd) {
      throw new FetchFailed("the address does not end with the name of a file: " + address);
    }
    return name;
  }

  /**
   * Whether the cached file has the expected digest. If not, the server is asked again, with the
   * entity tag.
   */
  static boolean isExpected(Path file, String sha256) throws IOException {
    return sha256 != null
        && Files.isRegularFile(file)
        && FileDigest.of(file).equalsIgnoreCase(sha256.strip());
  }
}
