package io.cta.agent.report.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Identifies one writing of a file: a file that was written again has another stamp. The content
 * does not matter, because two runs may write the same.
 *
 * @param key of the file in its file system, null where there is none
 * @param changed the time that no program can set, null where there is none
 */
record FileStamp(long size, FileTime written, Object key, Object changed) {
  static FileStamp of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    return new FileStamp(
        attributes.size(),
        attributes.lastModifiedTime(),
        attributes.fileKey(),
        unix ? Files.getAttribute(file, "unix:ctime") : null);
  }
}
