package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is being downloaded, in a directory of the cache, so that a later try goes on with
 * what is there, also after a restart of the agent. With it is kept the entity tag that says which
 * content it is a part of.
 */
final class PartialFile {
  private final Path part;
  private final Path partTag;
  private final Path content;
  private final Path contentTag;

  PartialFile(Path dir) {
    part = dir.resolve("part");
    partTag = dir.resolve("part.etag");
    content = dir.resolve("content");
    contentTag = dir.resolve("etag");
  }

  Path content() {
    return content;
  }

  Path part() {
    return part;
  }

  /** The tag of the whole content that is here; null when there is none. */
  String contentTag() throws IOException {
    return Files.exists(content) && Files.exists(contentTag) ? Files.readString(contentTag) : null;
  }

  /** Bytes from which to go on; 0 to begin. */
  long offset() throws IOException {
    return Files.exists(partTag) && Files.exists(part) ? Files.size(part) : 0;
  }

  /** The strong tag of what {@link #offset} counts. */
  String partTag() throws IOException {
    return Files.readString(partTag);
  }

  /**
   * Begins anew.
   *
   * @param tag of the content, or null; only a strong one says that bytes are the same
   */
  void begin(String tag) throws IOException {
    discard();
    Files.createFile(part);
    if (tag != null && tag.startsWith("\"")) {
      Files.writeString(partTag, tag);
    }
  }

  /** Forgets what there is of it. */
  void discard() throws IOException {
    Files.deleteIfExists(partTag); // first: without a tag nobody goes on with the part
    Files.deleteIfExists(part);
  }

  /** Forgets the whole content. */
  void discardContent() throws IOException {
    Files.deleteIfExists(contentTag);
    Files.deleteIfExists(content);
  }

  /** The part is all of it now. */
  void complete(String tag) throws IOException {
    Files.deleteIfExists(contentTag);
    Files.move(part, content, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(partTag);
    if (tag != null) {
      Files.writeString(contentTag, tag);
    }
  }
}
