package io.cta.agent.report.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the encoding of a file: from its byte order mark, from the zero bytes of UTF-16, or from
 * its XML declaration. Every other file is UTF-8. Invalid bytes are replaced.
 */
final class TextDecoder {
  private static final int HEAD_BYTES = 256;
  private static final Pattern DECLARED =
      Pattern.compile("\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']");

  private TextDecoder() {}

  /** A reader that begins after the byte order mark. */
  static Reader decode(InputStream in) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(in, 64 * 1024);
    bytes.mark(HEAD_BYTES);
    byte[] head = bytes.readNBytes(HEAD_BYTES);
    bytes.reset();
    int mark = mark(head);
    bytes.skipNBytes(mark);
    return new InputStreamReader(bytes, charset(head));
  }

  private static int mark(byte[] head) {
    if (begins(head, 0xef, 0xbb, 0xbf)) {
      return 3;
    }
    return begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff) ? 2 : 0;
  }

  private static Charset charset(byte[] head) {
    if (begins(head, 0xef, 0xbb, 0xbf)) {
      return StandardCharsets.UTF_8;
    }
    if (begins(head, 0xff, 0xfe) || head.length > 1 && head[0] > 0 && head[1] == 0) {
      return StandardCharsets.UTF_16LE;
    }
    if (begins(head, 0xfe, 0xff) || head.length > 1 && head[0] == 0 && head[1] > 0) {
      return StandardCharsets.UTF_16BE;
    }
    Matcher declared = DECLARED.matcher(new String(head, StandardCharsets.ISO_8859_1));
    if (!declared.lookingAt()) {
      return StandardCharsets.UTF_8;
    }
    try {
      Charset charset = Charset.forName(declared.group(1));
      // the declaration was read as single bytes, so the file is not in UTF-16
      return charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset;
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }

  private static boolean begins(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= head.length || (head[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
