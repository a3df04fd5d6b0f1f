package io.cta.agent.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Reads tar archives: ustar, GNU and pax names and sizes, files, directories and links. What it
 * cannot unpack as it is, such as devices and sparse files, it refuses by name.
 */
final class TarReader {
  private static final int MAX_NAME_BYTES = 64 * 1024;
  private static final long MAX_TAIL_BYTES = 64L << 20;

  private final InputStream in;
  private String longName;
  private String longLink;
  private Map<String, String> pax = Map.of();

  TarReader(InputStream in) {
    this.in = in;
  }

  void extract(ArchiveWriter writer) throws IOException, FetchFailed {
    while (true) {
      byte[] block = in.readNBytes(TarHeader.BYTES);
      if (block.length < TarHeader.BYTES) {
        throw cutOff();
      }
      if (TarHeader.isEnd(block)) {
        readTail();
        return;
      }
      entry(TarHeader.parse(block), writer);
    }
  }

  private void entry(TarHeader plain, ArchiveWriter writer) throws IOException, FetchFailed {
    switch (plain.type()) {
      case 'L' -> longName = name(plain);
      case 'K' -> longLink = name(plain);
      case 'x' -> pax = PaxRecords.parse(content(plain.size()));
      case 'g' -> content(plain.size()); // git archive writes a comment
      default -> {
        write(whole(plain), writer);
        longName = null;
        longLink = null;
        pax = Map.of();
      }
    }
  }

  private TarHeader whole(TarHeader plain) throws IOException, FetchFailed {
    if (pax.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse"))) {
      throw new FetchFailed(EntryPaths.text(plain.name()) + " is a sparse file, which is refused");
    }
    TarHeader named = plain.with(longName, longLink, null);
    try {
      String size = pax.get("size");
      return named.with(
          pax.get("path"), pax.get("linkpath"), size == null ? null : Long.valueOf(size));
    } catch (NumberFormatException e) {
      throw new ArchiveDamaged("a pax header in the archive is malformed");
    }
  }

  private void write(TarHeader h, ArchiveWriter writer) throws IOException, FetchFailed {
    if (h.size() < 0) {
      throw new ArchiveDamaged("not a tar archive");
    }
    switch (h.type()) {
      case '0', '7' -> {
        if (h.name().endsWith("/")) { // of the time before ustar
          writer.directory(h.name());
          in.skipNBytes(padded(h.size()));
        } else {
          InputStream content = new Content(h.size());
          writer.file(h.name(), content, h.size(), h.mode(), true);
          in.skipNBytes(padded(h.size()) - h.size());
        }
      }
      case '5' -> {
        writer.directory(h.name());
        in.skipNBytes(padded(h.size()));
      }
      case '1' -> writer.hardLink(h.name(), h.link(), true);
      case '2' -> writer.symbolicLink(h.name(), h.link(), true);
      case '3', '4', '6' ->
          throw new FetchFailed(EntryPaths.text(h.name()) + " is a device, which is refused");
      default ->
          throw new FetchFailed(
              EntryPaths.text(h.name()) + " is of the type " + h.type() + ", which is refused");
    }
  }

  private String name(TarHeader header) throws IOException {
    byte[] content = content(header.size());
    return TarHeader.text(content, 0, content.length);
  }

  private byte[] content(long size) throws IOException {
    if (size > MAX_NAME_BYTES) {
      throw new ArchiveDamaged("a name in the archive is too long");
    }
    byte[] out = in.readNBytes((int) size);
    if (out.length < size) {
      throw cutOff();
    }
    in.skipNBytes(padded(size) - size);
    return out;
  }

  /** Reads on to the end, so that a checksum behind it is looked at. */
  private void readTail() throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long read = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      read += n;
      if (read > MAX_TAIL_BYTES) {
        throw new ArchiveDamaged("the archive goes on behind its end");
      }
    }
  }

  private static long padded(long size) {
    return Math.addExact(size, TarHeader.BYTES - 1) / TarHeader.BYTES * TarHeader.BYTES;
  }

  private static ArchiveDamaged cutOff() {
    return new ArchiveDamaged("the archive is cut off");
  }

  /** The bytes of one entry. */
  private final class Content extends FilterInputStream {
    private long left;

    Content(long size) {
      super(TarReader.this.in);
      left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = super.read(bytes, offset, (int) Math.min(length, left));
      if (n < 0) {
        throw cutOff();
      }
      left -= n;
      return n;
    }

    @Override
    public void close() {}
  }
}
