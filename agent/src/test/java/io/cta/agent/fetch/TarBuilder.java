package io.cta.agent.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Makes tars, also those that no decent program makes. Source: POSIX.1-2017, pax. */
final class TarBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  TarBuilder file(String name, String content) {
    return entry(name, '0', content, "", 0644);
  }

  TarBuilder file(String name, String content, int mode) {
    return entry(name, '0', content, "", mode);
  }

  TarBuilder directory(String name) {
    return entry(name, '5', "", "", 0755);
  }

  TarBuilder link(String name, String target) {
    return entry(name, '2', "", target, 0777);
  }

  TarBuilder hardLink(String name, String target) {
    return entry(name, '1', "", target, 0644);
  }

  TarBuilder entry(String name, char type, String content, String link, int mode) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, String.format("%07o", mode));
    put(header, 124, String.format("%011o", bytes.length));
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar\0" + "00");
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format("%06o\0", sum));
    out.writeBytes(header);
    out.writeBytes(bytes);
    out.writeBytes(new byte[(512 - bytes.length % 512) % 512]);
    return this;
  }

  byte[] tar() {
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  byte[] tarGz() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(tar());
    }
    return packed.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
