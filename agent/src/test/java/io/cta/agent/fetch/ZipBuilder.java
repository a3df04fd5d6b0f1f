package io.cta.agent.fetch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Makes zips, also those that no decent program makes. Source: APPNOTE.TXT of PKWARE. */
final class ZipBuilder {
  static final int FILE = 0100000;
  static final int LINK = 0120000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private Charset charset = StandardCharsets.UTF_8;
  private int entries;
  private boolean large;

  /** How names are written from now on, without a flag that says so. */
  ZipBuilder names(Charset as) {
    charset = as;
    return this;
  }

  /** Ends with the records of zip64. */
  ZipBuilder zip64() {
    large = true;
    return this;
  }

  ZipBuilder file(String name, String content) {
    return entry(name, FILE | 0644, content.getBytes(StandardCharsets.UTF_8), -1, true, false);
  }

  ZipBuilder file(String name, String content, int mode) {
    return entry(name, FILE | mode, content.getBytes(StandardCharsets.UTF_8), -1, true, false);
  }

  ZipBuilder link(String name, String target) {
    return entry(name, LINK | 0777, target.getBytes(StandardCharsets.UTF_8), -1, false, false);
  }

  /** Neither compressed nor with its length in front: that comes behind the bytes. */
  ZipBuilder storedWithDescriptor(String name, String content) {
    return entry(name, FILE | 0644, content.getBytes(StandardCharsets.UTF_8), -1, false, true);
  }

  /** Says another size than it has. */
  ZipBuilder lying(String name, byte[] content, long size) {
    return entry(name, FILE | 0644, content, size, true, false);
  }

  /** Another entry with the bytes of the last one. */
  ZipBuilder again(String name) {
    byte[] all = directory.toByteArray();
    int last = lastEntry;
    ByteBuffer old = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    central(
        name,
        old.getInt(last + 38) >>> 16,
        old.getShort(last + 8),
        old.getShort(last + 10),
        old.getInt(last + 16),
        old.getInt(last + 20),
        old.getInt(last + 24),
        old.getInt(last + 42));
    return this;
  }

  private int lastEntry;

  private ZipBuilder entry(
      String name, int mode, byte[] content, long size, boolean deflate, boolean descriptor) {
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] data = deflate ? deflated(content) : content;
    int at = out.size();
    byte[] nameBytes = name.getBytes(charset);
    int flags = descriptor ? 8 : 0;
    int said = (int) (size < 0 ? content.length : size);
    ByteBuffer b = buffer(30 + nameBytes.length);
    b.putInt(0x04034b50).putShort((short) 20).putShort((short) flags);
    b.putShort((short) (deflate ? 8 : 0)).putInt(0);
    b.putInt(descriptor ? 0 : (int) crc.getValue());
    b.putInt(descriptor ? 0 : data.length).putInt(descriptor ? 0 : said);
    b.putShort((short) nameBytes.length).putShort((short) 0).put(nameBytes);
    out.writeBytes(b.array());
    out.writeBytes(data);
    if (descriptor) {
      ByteBuffer d = buffer(16);
      d.putInt(0x08074b50).putInt((int) crc.getValue()).putInt(data.length).putInt(said);
      out.writeBytes(d.array());
    }
    central(name, mode, flags, deflate ? 8 : 0, (int) crc.getValue(), data.length, said, at);
    return this;
  }

  private void central(
      String name, int mode, int flags, int method, int crc, int packed, int size, int at) {
    byte[] nameBytes = name.getBytes(charset);
    lastEntry = directory.size();
    ByteBuffer b = buffer(46 + nameBytes.length);
    b.putInt(0x02014b50).putShort((short) (3 << 8 | 20)).putShort((short) 20);
    b.putShort((short) flags).putShort((short) method).putInt(0);
    b.putInt(crc).putInt(packed).putInt(size);
    b.putShort((short) nameBytes.length).putShort((short) 0).putShort((short) 0);
    b.putShort((short) 0).putShort((short) 0).putInt(mode << 16).putInt(at).put(nameBytes);
    directory.writeBytes(b.array());
    entries++;
  }

  byte[] build() {
    int at = out.size();
    out.writeBytes(directory.toByteArray());
    if (large) {
      long end = out.size();
      ByteBuffer b = buffer(56 + 20);
      b.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putInt(0);
      b.putInt(0).putLong(entries).putLong(entries).putLong(directory.size()).putLong(at);
      b.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
      out.writeBytes(b.array());
    }
    ByteBuffer b = buffer(22);
    b.putInt(0x06054b50).putInt(0);
    short count = (short) (large ? -1 : entries);
    b.putShort(count).putShort(count);
    b.putInt(large ? -1 : directory.size()).putInt(large ? -1 : at).putShort((short) 0);
    out.writeBytes(b.array());
    return out.toByteArray();
  }

  private static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] bytes = new byte[8192];
    while (!deflater.finished()) {
      packed.write(bytes, 0, deflater.deflate(bytes));
    }
    deflater.end();
    return packed.toByteArray();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
