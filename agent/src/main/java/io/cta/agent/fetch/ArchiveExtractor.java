package io.cta.agent.fetch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Extracts zip and tar.gz archives; an entry that would leave the directory is refused. */
final class ArchiveExtractor {
  private ArchiveExtractor() {}

  static boolean isArchive(String name) {
    return isZip(name) || isTarGz(name);
  }

  static void extract(String name, Path file, Path to) throws IOException, FetchFailed {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      if (isZip(name)) {
        unzip(new ZipInputStream(in), to);
      } else {
        new TarReader(new BufferedInputStream(new GZIPInputStream(in))).extract(to);
      }
    }
  }

  private static void unzip(ZipInputStream in, Path to) throws IOException, FetchFailed {
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      Path path = TargetPaths.inside(to, entry.getName(), "an entry of the archive");
      if (entry.isDirectory()) {
        Files.createDirectories(path);
      } else {
        Files.createDirectories(path.getParent());
        Files.copy(in, path, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isZip(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  private static boolean isTarGz(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tar.gz") || lower.endsWith(".tgz");
  }
}
