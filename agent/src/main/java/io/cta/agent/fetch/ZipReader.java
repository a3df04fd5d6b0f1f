package io.cta.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads zip archives by their central directory: a stream cannot tell where a stored entry with a
 * data descriptor ends, and says nothing of modes and links.
 */
final class ZipReader {
  private static final int TYPE = 0170000;
  private static final int LINK = 0120000;
  private static final int MAX_LINK_BYTES = 4096;

  private final Path file;
  private final ArchiveLimits limits;

  ZipReader(Path file, ArchiveLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  void extract(ArchiveWriter writer) throws IOException, FetchFailed {
    try (ZipModes modes = ZipModes.open(file)) {
      if (!modes.isWithin(limits.entries())) {
        throw new FetchFailed("the archive has more than " + limits.entries() + " entries");
      }
      try (ZipFile zip = new ZipFile(file.toFile(), modes.charset())) {
        checkOverlaps(zip);
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
          entry(zip, all.nextElement(), modes.next(), writer);
        }
      }
    }
  }

  /** Entries that share their bytes are how a small file becomes a huge tree. */
  private void checkOverlaps(ZipFile zip) throws IOException, FetchFailed {
    long sum = 0;
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      sum += Math.max(0, all.nextElement().getCompressedSize());
      if (sum > Files.size(file)) {
        throw new FetchFailed("entries of the archive overlap, or are cut off");
      }
    }
  }

  private static void entry(ZipFile zip, ZipEntry entry, int mode, ArchiveWriter writer)
      throws IOException, FetchFailed {
    String name = entry.getName();
    if (entry.isDirectory()) {
      writer.directory(name);
      return;
    }
    if ((mode & TYPE) == LINK) {
      writer.symbolicLink(name, target(zip, entry), false);
      return;
    }
    CRC32 crc = new CRC32();
    try (InputStream in = zip.getInputStream(entry)) {
      writer.file(name, new CheckedInputStream(in, crc), entry.getSize(), mode, false);
    }
    if (crc.getValue() != entry.getCrc()) {
      throw new FetchFailed(EntryPaths.text(name) + " is damaged: its checksum is another");
    }
  }

  private static String target(ZipFile zip, ZipEntry entry) throws IOException, FetchFailed {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] target = in.readNBytes(MAX_LINK_BYTES + 1);
      if (target.length > MAX_LINK_BYTES) {
        throw new FetchFailed(EntryPaths.text(entry.getName()) + " is a link with a long target");
      }
      return new String(target, StandardCharsets.UTF_8);
    }
  }
}
