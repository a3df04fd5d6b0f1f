package io.cta.agent.fetch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Extracts zip, tar and tar.gz archives into an empty directory. An archive that would leave it, or
 * goes beyond a limit, is refused as a whole.
 */
final class ArchiveExtractor {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final FetchSettings settings;

  ArchiveExtractor(FetchSettings settings) {
    this.settings = settings;
  }

  static boolean isArchive(String name) {
    return isZip(name) || isTarGz(name) || isTar(name);
  }

  void extract(String name, Path file, Path to) throws IOException, FetchFailed {
    ArchiveWriter writer =
        new ArchiveWriter(to, settings.archives(), new DiskReserve(to, settings.minFreeBytes()));
    try {
      if (isZip(name)) {
        new ZipReader(file, settings.archives()).extract(writer);
      } else {
        try (InputStream in = open(name, file)) {
          new TarReader(in).extract(writer);
        }
      }
      writer.finish();
    } catch (ZipException | EOFException | ArchiveDamaged e) {
      throw new FetchFailed(
          name + " is damaged: " + (e.getMessage() == null ? "it is cut off" : e.getMessage()));
    }
  }

  private static InputStream open(String name, Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      return isTar(name)
          ? in
          : new BufferedInputStream(new GZIPInputStream(in, BUFFER_BYTES), BUFFER_BYTES);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static boolean isZip(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  private static boolean isTar(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".tar");
  }

  private static boolean isTarGz(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tar.gz") || lower.endsWith(".tgz");
  }
}
